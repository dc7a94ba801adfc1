// Calls that a person must agree to, as guardrails (`ask`) and policies (`require_approval`) demand: what is asked, of whom, and for
// which payload. All that is demanded of a call is one approval, by who may give each part of it.
import { createHash } from "node:crypto";
import type { Approvals, WantedCall } from "../../approvals/index.ts";
import type { Asked } from "../../guardrails/index.ts";
import { guardrailsErrors } from "../../guardrails/index.ts";
import type { CallerRequest } from "../../providers/index.ts";
import { askedModel, type IncomingCall } from "../incoming-call.ts";

export type AskedApprovals = Pick<Approvals, "agree" | "held">;

/** One reason to ask. */
export interface Demand {
  by: string;
  why: string;
  /** Who may agree; left out where it names nobody. */
  roles?: readonly string[] | undefined;
}

const REQUIRE_APPROVAL = "require_approval";
/** Where no role may agree to all of it. */
const OTHERWISE = ["owner"];

const isDemand = (obligation: string): boolean => obligation.split(":", 1)[0] === REQUIRE_APPROVAL;

/** Of what policies demand: `require_approval`, or `require_approval:ROLE`. */
export function demandsOf(obligations: readonly string[]): Demand[] {
  return obligations.filter(isDemand).map((obligation) => {
    const role = obligation.slice(REQUIRE_APPROVAL.length + 1);
    return { by: obligation, why: "a policy demands it", ...(role !== "" && { roles: [role] }) };
  });
}

/** Those that guardrails keep. */
export function withoutDemands(obligations: readonly string[]): readonly string[] {
  return obligations.some(isDemand) ? obligations.filter((each) => !isDemand(each)) : obligations;
}

export function demandOf({ policy, kind, side, why, approvers: roles }: Asked): Demand {
  return { by: `guardrail ${policy}: ${kind} in the ${side}`, why, roles };
}

interface AskedCall extends Pick<IncomingCall, "principal" | "shadowOf"> {
  request: CallerRequest;
}

/** Comes back where it is approved, once. Throws `approvals.needed`, `refused` and `not_approved`. */
export async function askFor(
  { agree }: Pick<AskedApprovals, "agree">,
  call: AskedCall,
  { demands, callId }: { demands: readonly Demand[]; callId: string },
): Promise<void> {
  refuseCopies(call);
  const payload = await payloadOf(call.request, demands);
  await agree(personOf(call), wantedFor(named(call), { demands, callId, payload }));
}

/** What will be said on a connection nobody knows: the approval is for one connection to this model. Throws as `askFor`. */
export async function askToConnect(
  { agree }: Pick<AskedApprovals, "agree">,
  { principal, model }: Pick<IncomingCall, "principal"> & { model: string },
  { obligations, callId }: { obligations: readonly string[]; callId: string },
): Promise<void> {
  const demands = demandsOf(obligations);
  if (demands.length === 0) return;
  const payload = JSON.stringify(["realtime", model, demands.map(({ by }) => by)]);
  await agree(personOf({ principal }), wantedFor({ principal, model }, { demands, callId, payload }));
}

/** Nobody is asked about a copy that nobody waits for. Throws `guardrails.needs_approval`. */
export function refuseCopies({ shadowOf }: Pick<IncomingCall, "shadowOf">): void {
  if (shadowOf === undefined) return;
  throw needsApproval("copy", "nobody is asked about copies");
}

const needsApproval = (side: string, why: string) =>
  guardrailsErrors.needs_approval({ policy: "of this call", kind: "any", side, why });

interface HeldAnswer {
  demands: readonly Demand[];
  answered: { callId: string; target: string; status: number; mediaType: string; body: string | Uint8Array };
}

/** What an answer is held as. */
export const heldAs = (request: CallerRequest): string => `guardrails ${askedAs(request)}`;

/**
 * The answer waits until it is approved; who asks the same again gets this very one, once. Throws `approvals.needed`; and
 * `guardrails.needs_approval` where nobody has looked yet whether one is held.
 */
export async function holdAnswer(
  { held }: Pick<AskedApprovals, "held">,
  call: IncomingCall,
  { demands, answered }: HeldAnswer,
): Promise<never> {
  refuseCopies(call);
  const { heldAs: asked } = call;
  if (asked === undefined) throw needsApproval("answer", demands.map(({ by }) => by).join(", "));
  const body = typeof answered.body === "string" ? Buffer.from(answered.body) : answered.body;
  const payload = JSON.stringify([asked, hashOf(body), demands.map(({ by, roles }) => [by, roles ?? null])]);
  return held.hold(personOf(call), {
    request: asked,
    wanted: wantedFor(named(call), { demands, callId: answered.callId, payload }),
    answered: { ...answered, body, isStream: call.request.stream },
  });
}

const named = ({ principal, request }: AskedCall) => ({ principal, model: askedModel(request) });

interface WantedParts {
  demands: readonly Demand[];
  callId: string;
  payload: string;
}

export function wantedFor(
  { principal, model }: Pick<AskedCall, "principal"> & { model: string },
  { demands, callId, payload }: WantedParts,
): WantedCall {
  const why = demands.map((each) => `${each.by}: ${each.why}`);
  return {
    what: `Let ${principal.keyName} call ${model}`,
    why: [...why, `On record as ${callId}.`].join("\n"),
    model,
    roles: rolesFor(demands),
    payload,
  };
}

/** Those that may agree to all of it; undefined where nobody is named. */
function rolesFor(demands: readonly Demand[]): readonly string[] | undefined {
  const named = demands.flatMap(({ roles }) => (roles ? [roles] : []));
  const [first, ...others] = named;
  if (!first) return undefined;
  const all = first.filter((role) => others.every((roles) => roles.includes(role)));
  return all.length > 0 ? all : OTHERWISE;
}

/** All that is sent, and why it is asked about. */
async function payloadOf(request: CallerRequest, demands: readonly Demand[]): Promise<string> {
  const { form, native } = request;
  const files: string[] = [];
  for (const [name, value] of form ?? [])
    files.push(name, typeof value === "string" ? value : hashOf(new Uint8Array(await value.arrayBuffer())));
  const own = native && [native.method, native.path, native.body ? hashOf(native.body) : null];
  const asked = demands.map(({ by, roles }) => [by, roles ?? null]);
  return JSON.stringify([askedAs(request), files, own ?? null, asked]);
}

export function askedAs(request: CallerRequest): string {
  const { dialect, operation, stream, text } = request;
  return `${operation} ${dialect} ${askedModel(request)} ${stream} ${text}`;
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export function personOf({ principal }: Pick<IncomingCall, "principal">) {
  const { kind, keyId: id, keyName: name, user, project, organisation, roles } = principal;
  return { kind, id, name, user, project, organisation, roles };
}
