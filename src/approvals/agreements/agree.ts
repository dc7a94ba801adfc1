// Calls that a person must agree to before they go on: asked for once a payload, and good for one call once they are approved.
import type { World } from "../../kernel/index.ts";
import type { ApprovalsConfig } from "../config.ts";
import type { Approval } from "../contract.ts";
import { approvalsErrors } from "../errors.ts";
import { type ApprovalWish, payloadHash, type Person } from "../request.ts";

/** What would go on, for whoever decides, and for us. */
export interface WantedCall {
  what: string;
  why: string;
  /** As the caller names it. */
  model: string;
  /** Of those who may decide; left out where those of the configuration may. */
  roles?: readonly string[] | undefined;
  /** All that an approval of it is for. */
  payload: string;
}

/**
 * Comes back once for each approval, which is used then. Throws `approvals.needed` with its id, `approvals.refused`, and
 * `approvals.not_approved` for whoever comes second to an approval.
 */
export type Agree = (person: Person, wanted: WantedCall) => Promise<void>;

interface AgreeDeps {
  world: Pick<World, "nowMs">;
  request(wish: ApprovalWish): Promise<Approval>;
  latest(wish: Pick<ApprovalWish, "action" | "resource" | "askedBy" | "payloadHash">): Promise<Approval | undefined>;
  use(id: string, person: Person, hash: string): Promise<unknown>;
}

/** Nobody can ask for it by API, with approvers of their own choice. */
const CALL = "binnacle:call";
const SHOWN_LENGTH_MAX = 1500;
const NAME_LENGTH_MAX = 200;

export function createAgree(
  config: Pick<ApprovalsConfig, "use_within">,
  { world, request, latest, use }: AgreeDeps,
): Agree {
  const isFresh = ({ settled_at_ms: atMs }: Approval): boolean =>
    atMs !== null && atMs + config.use_within > world.nowMs();
  return async (person, wanted) => {
    const wish = wishFor(person, wanted);
    const known = await latest(wish);
    if (known?.state === "approved" && isFresh(known)) {
      await use(known.id, person, wish.payloadHash);
      return;
    }
    // What nobody has looked at in time may be asked for again.
    if (known?.state === "refused" && known.settled_by === "votes") throw refusedError(known);
    throw neededError(known?.state === "pending" ? known : await request(wish));
  };
}

export function wishFor(person: Person, { what, why, model, roles, payload }: WantedCall): ApprovalWish {
  const hash = payloadHash(payload);
  return {
    what: what.slice(0, SHOWN_LENGTH_MAX),
    why: why.slice(0, SHOWN_LENGTH_MAX),
    action: CALL,
    // The column is searched by an index, which takes no long texts.
    resource: { type: "model", id: model.toWellFormed().replaceAll("\0", "").slice(0, NAME_LENGTH_MAX) },
    askedBy: person,
    ...(roles && { approvers: { roles: [...roles], users: [], needed: 1, not_oneself: true } }),
    onSilence: "refuse",
    payloadHash: hash,
  };
}

export function neededError({ id, what, deadline_ms: deadlineMs }: Approval): Error {
  return approvalsErrors.needed({ id, what, deadline: new Date(deadlineMs).toISOString() });
}

export function refusedError({ id, votes, settled_by: settledBy }: Approval): Error {
  const vote = votes.find(({ decision }) => decision === "refuse");
  const by = settledBy === "silence" ? "silence until its deadline" : (vote?.by.name ?? "somebody");
  return approvalsErrors.refused({ id, by, note: vote?.note ?? "" });
}
