// What policies say of a call: whether it may be sent, which model it may name, which targets may serve it, which tools it may
// offer. Each is one look at decisions that are kept, unless a policy asks for more; nobody is asked twice who is alike.
import { type Decision, EVERYTHING, type Mentions, type Policies, type Question } from "../../policy/index.ts";
import { governanceErrors } from "../errors.ts";
import { type Principal, requireScope } from "../principal.ts";
import { type Circumstances, type Header, readCircumstances } from "./circumstances.ts";
import type { SubjectOf } from "./subject.ts";

export interface Authority {
  /** The decision that allows it. Throws `governance.forbidden`, or `governance.scope_missing` for a key that may not call at all. */
  requireCall(principal: Principal, model: string, header?: Header): Decision;
  /** Undefined where the caller may use any target. `kept` are the obligations that hold for the call. */
  placement(principal: Principal, header?: Header, kept?: readonly string[]): Placement | undefined;
  /** Undefined where the caller may offer any tool, and nothing is demanded for it. */
  tools(principal: Principal, header?: Header): ToolAuthority | undefined;
}

/** Why a target may not serve the call; undefined where it may. */
export type Placement = (candidate: Candidate) => Refusal | undefined;
/** Of a tool's name: why it may not be offered, or what is demanded of a call that offers it. */
export type ToolAuthority = (name: string) => ToolDecision;

export interface ToolDecision {
  refusal?: Refusal | undefined;
  obligations: readonly string[];
}

export interface Refusal {
  /** The ids of those that forbid it; `none` where none allows it. */
  policy: string;
  why: string;
}

/** A target; what costs something to know is asked for only where a policy looks at it. */
export interface Candidate {
  /** `vendor/model`. */
  id: string;
  vendor: string;
  model: string;
  region(): string | undefined;
  /** Of a million tokens, in micro-dollars; null where it is not known. */
  price(): { input: number | null; output: number | null };
  /** What the call is expected to cost there. */
  costUsdMicros(): number | null;
}

export type AskedPolicies = Pick<Policies, "decide" | "looksAt">;

export function createAuthority({ decide, looksAt }: AskedPolicies, subjectOf: SubjectOf): Authority {
  function ask(principal: Principal, action: Question["action"], asked: Asked): Decision {
    const { type, id, attributes, context } = asked;
    const { organisation } = principal;
    const resource = { type, id, organisation, ...(attributes && { attributes }) };
    return decide({ subject: subjectOf(principal), action, resource, ...(context && { context }) });
  }

  return {
    requireCall(principal, model, header) {
      const context = readCircumstances(looksAt("call").context, header);
      const call = ask(principal, "call", { type: "model", id: model, context });
      if (!call.allowed) {
        if (call.policies.length === 0) requireScope(principal, "call");
        throw forbidden(principal, { what: `call ${model}`, decision: call });
      }
      const circumstances = readCircumstances(looksAt("use_model").context, header);
      const use = ask(principal, "use_model", { type: "model", id: model, context: circumstances });
      if (!use.allowed) throw forbidden(principal, { what: `use the model ${model}`, decision: use });
      return joined(call, use);
    },
    placement(principal, header, kept = []) {
      const looks = looksAt("use_target");
      const context = readCircumstances(looks.context, header);
      if (looks.resource.size === 0 && !asks(looks.context, "cost_usd_micros")) {
        const any = ask(principal, "use_target", { type: "target", id: "any", context });
        const refusal = refusedPlace(any, kept);
        return refusal && (() => refusal);
      }
      return (candidate) => {
        const decision = ask(principal, "use_target", {
          type: "target",
          id: candidate.id,
          attributes: attributesOf(candidate, looks),
          context: withCost(context, candidate, looks),
        });
        return refusedPlace(decision, kept);
      };
    },
    tools(principal, header) {
      const looks = looksAt("use_tool");
      const context = readCircumstances(looks.context, header);
      if (looks.resource.size === 0) {
        const any = ask(principal, "use_tool", { type: "tool", id: "any", context });
        return any.allowed && any.obligations.length === 0 ? undefined : () => toolDecision(any);
      }
      return (name) => toolDecision(ask(principal, "use_tool", { type: "tool", id: name, context }));
    },
  };
}

interface Asked {
  type: "model" | "target" | "tool";
  id: string;
  attributes?: Circumstances | undefined;
  context: Circumstances | undefined;
}

const asks = (names: ReadonlySet<string>, name: string): boolean => names.has(name) || names.has(EVERYTHING);

function attributesOf(candidate: Candidate, { resource }: Mentions): Circumstances {
  const { vendor, model } = candidate;
  const known: Circumstances = { vendor, model };
  const region = asks(resource, "region") ? candidate.region() : undefined;
  if (region !== undefined) known["region"] = region;
  if (asks(resource, "input_usd_micros") || asks(resource, "output_usd_micros")) {
    const { input, output } = candidate.price();
    if (input !== null) known["input_usd_micros"] = input;
    if (output !== null) known["output_usd_micros"] = output;
  }
  return known;
}

function withCost(
  context: Circumstances | undefined,
  candidate: Candidate,
  looks: Mentions,
): Circumstances | undefined {
  const cost = asks(looks.context, "cost_usd_micros") ? candidate.costUsdMicros() : null;
  return cost === null ? context : { ...context, cost_usd_micros: roundUp(cost) };
}

/** To two digits, so that calls of about the same cost are one question. */
function roundUp(amount: number): number {
  if (amount < 100) return Math.ceil(amount);
  const unit = 10 ** (Math.floor(Math.log10(amount)) - 1);
  return Math.ceil(amount / unit) * unit;
}

const refusalOf = ({ policies, why }: Decision): Refusal => ({ policy: policies.join(", ") || "none", why });

const toolDecision = (decision: Decision): ToolDecision =>
  decision.allowed
    ? { obligations: decision.obligations }
    : { refusal: refusalOf(decision), obligations: decision.obligations };

/** A target is chosen after texts were looked at: what is demanded for it must hold for the call already. */
function refusedPlace(decision: Decision, kept: readonly string[]): Refusal | undefined {
  if (!decision.allowed) return refusalOf(decision);
  const missing = decision.obligations.filter((each) => !kept.includes(each));
  if (missing.length === 0) return undefined;
  const why = `it is allowed under ${missing.join(", ")}, which no policy about call, use_model or use_tool demands of this call`;
  return { policy: refusalOf(decision).policy, why };
}

function forbidden({ keyId }: Principal, { what, decision }: { what: string; decision: Decision }): Error {
  const { policy, why } = refusalOf(decision);
  return governanceErrors.forbidden({ key: keyId, what, policy, why });
}

function joined(call: Decision, use: Decision): Decision {
  // With roles alone both are the same policies: then nothing is made.
  const isSame =
    call.policies.length === use.policies.length && call.policies.every((id, at) => id === use.policies[at]);
  if (isSame) return call;
  return {
    ...call,
    policies: [...new Set([...call.policies, ...use.policies])],
    obligations: [...new Set([...call.obligations, ...use.obligations])],
  };
}
