// One voice in one approval. All that it needs happens under the lock of its row, in one transaction: of any number who decide
// at once one settles it, and the others are told that it is settled.
import type { Vote } from "../contract.ts";
import { approvalsErrors } from "../errors.ts";
import { type Ballot, type Person, voterOf } from "../request.ts";
import type { AuditWriter } from "../../audit/index.ts";
import type { DelegationStore } from "../store/delegations.ts";
import type { Open, RequestStore, Row } from "../store/requests.ts";
import { describeApprovers, type Seat, seatOf } from "./eligible.ts";

export interface DecideDeps {
  requests: RequestStore;
  delegations: Pick<DelegationStore, "standings">;
  audit: AuditWriter;
}

export interface Decided {
  row: Row;
  tookEffect: boolean;
}

/** `onCounted` runs in the same transaction: what it throws undoes the vote. */
export async function decide(
  { requests, delegations, audit }: DecideDeps,
  { id, person, ballot }: { id: string; person: Person; ballot: Ballot },
  onCounted?: (open: Open) => Promise<void>,
): Promise<Decided> {
  const decided = await requests.inTransaction(async (open): Promise<Decided & { isLate?: boolean }> => {
    const row = await requests.lock(open, id);
    if (!row || row.organisation !== person.organisation) throw approvalsErrors.unknown({ id });
    if (row.state !== "pending") throw await settledError(requests, row, open);
    if (row.is_over)
      return { row: await settleBySilence(row, open, { requests, audit }), tookEffect: false, isLate: true };
    const names = [person.user, person.id].filter((name) => name !== null);
    const seat = readSeat(row, seatOf(row, person, await delegations.standings(names, open)));
    const vote = { ...ballot, by: byOf(person), on_behalf_of: seat.onBehalfOf };
    const isCounted = await requests.vote(open, { ...vote, ...seat, requestId: id, voter: voterOf(person) });
    if (!isCounted) throw approvalsErrors.voted({ id });
    await onCounted?.(open);
    const after = await count(row, open, requests);
    await audit.record(open, entryOf(after, { person, vote, seat }));
    return { row: after, tookEffect: after.state !== "pending" };
  });
  if (decided.isLate) throw await settledError(requests, decided.row);
  return decided;
}

/** One refusal is enough; approvals must be as many as are needed. */
async function count(row: Row, open: Open, requests: RequestStore): Promise<Row> {
  const votes = (await requests.votes([row.id], open)).get(row.id) ?? [];
  if (votes.some(({ decision }) => decision === "refuse"))
    return requests.settle(open, row.id, { state: "refused", by: "votes" });
  if (votes.length < row.approvers.needed) return row;
  return requests.settle(open, row.id, { state: "approved", by: "votes" });
}

function readSeat(row: Row, seat: Seat): Exclude<Seat, string> {
  if (seat === "oneself") throw approvalsErrors.oneself({ id: row.id });
  if (seat === "not_approver") throw approvalsErrors.not_approver({ id: row.id, who: describeApprovers(row) });
  return seat;
}

export const byOf = ({ kind, id, name, user }: Person): Vote["by"] => ({ kind, id, name, user });

/** Of a row that is locked, and whose deadline has passed. */
export async function settleBySilence(
  row: Row,
  open: Open,
  { requests, audit }: Pick<DecideDeps, "requests" | "audit">,
): Promise<Row> {
  const state = row.on_silence === "allow" ? "approved" : "refused";
  const after = await requests.settle(open, row.id, { state, by: "silence" });
  await audit.record(open, {
    action: "settle_approval_by_silence",
    actor: { kind: "service", id: "binnacle", name: "Binnacle", organisation: row.organisation },
    resource: { type: "approval", id: row.id },
    organisation: row.organisation,
    outcome: "ok",
    details: { state, asked_action: row.action },
  });
  return after;
}

export async function settledError(requests: RequestStore, row: Row, open?: Open) {
  const votes = (await requests.votes([row.id], open)).get(row.id) ?? [];
  const by = row.settled_by === "silence" ? "silence until the deadline" : votes.map((each) => each.by.name).join(", ");
  return approvalsErrors.settled({ id: row.id, state: row.state, by });
}

interface Voted {
  person: Person;
  vote: Pick<Vote, "decision" | "via">;
  seat: Exclude<Seat, string>;
}

function entryOf(after: Row, { person, vote, seat }: Voted): Parameters<AuditWriter["record"]>[1] {
  const { kind, id, name, organisation } = person;
  return {
    action: vote.decision === "approve" ? "approve" : "refuse_approval",
    actor: { kind, id, name, organisation },
    resource: { type: "approval", id: after.id },
    organisation: after.organisation,
    outcome: "ok",
    details: {
      state: after.state,
      via: vote.via,
      on_behalf_of: seat.onBehalfOf,
      asked_action: after.action,
      asked_resource: `${after.resource.type}:${after.resource.id}`,
      payload_hash: after.payload_hash,
    },
  };
}
