// Approvals as people look at them: one, many, and those that wait for whoever looks.
import type { Approval } from "../contract.ts";
import { approvalsErrors } from "../errors.ts";
import type { Person } from "../request.ts";
import type { DelegationStore } from "../store/delegations.ts";
import type { RequestStore, Row } from "../store/requests.ts";
import { seatOf, type Standing } from "./eligible.ts";

export interface InboxQuery {
  state?: Approval["state"] | undefined;
  inbox: "all" | "mine";
  limit: number;
  cursor?: string | undefined;
}

export interface PastQuery {
  since_ms: number;
  /** Exclusive. */
  until_ms: number;
  limit: number;
}

export interface Inbox {
  /** Throws `approvals.unknown`; of another organisation too, where one is named. */
  get(id: string, organisation?: string): Promise<Approval>;
  /** Throws `approvals.bad_cursor`. */
  list(query: InboxQuery, person: Person): Promise<{ approvals: Approval[]; next_cursor: string | null }>;
  /** Asked for in a time, of all organisations, newest first: for reports. */
  past(query: PastQuery): Promise<Approval[]>;
  counts(person: Person): Promise<{ pending: number; mine: number }>;
}

interface InboxDeps {
  requests: RequestStore;
  delegations: Pick<DelegationStore, "standings">;
}

const LOOKED_THROUGH = 1000;
const CURSOR = /^[0-9a-f-]{36}$/;

export function createInbox({ requests, delegations }: InboxDeps): Inbox & { whole(row: Row): Promise<Approval> } {
  async function withVotes(rows: readonly Row[]): Promise<Approval[]> {
    const votes = await requests.votes(rows.map(({ id }) => id));
    return rows.map(({ asker: _, is_over: __, ...row }) => ({ ...row, votes: votes.get(row.id) ?? [] }));
  }

  async function whole(row: Row): Promise<Approval> {
    const [approval] = await withVotes([row]);
    if (!approval) throw new Error("an approval without itself");
    return approval;
  }

  const standingsOf = ({ user, id }: Person): Promise<Standing[]> =>
    delegations.standings([user, id].filter((name) => name !== null));

  async function mine(person: Person): Promise<Row[]> {
    const { organisation } = person;
    const rows = await requests.list({ organisation, state: "pending", limit: LOOKED_THROUGH });
    const standings = await standingsOf(person);
    const mayDecide = rows.filter((row) => !row.is_over && typeof seatOf(row, person, standings) === "object");
    const votes = await requests.votes(mayDecide.map(({ id }) => id));
    const isMine = ({ by }: Approval["votes"][number]): boolean =>
      by.id === person.id || (by.user !== null && by.user === person.user);
    return mayDecide.filter(({ id }) => !votes.get(id)?.some(isMine));
  }

  return {
    whole,
    async get(id, organisation) {
      const row = await requests.find(id);
      if (!row || (organisation !== undefined && row.organisation !== organisation))
        throw approvalsErrors.unknown({ id });
      return whole(row);
    },
    async list({ state, inbox, limit, cursor }, person) {
      if (cursor !== undefined && !CURSOR.test(cursor)) throw approvalsErrors.bad_cursor({});
      const { organisation } = person;
      const rows =
        inbox === "mine"
          ? (await mine(person)).filter(({ id }) => cursor === undefined || id < cursor)
          : await requests.list({ organisation, state, before: cursor, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return {
        approvals: await withVotes(shown),
        next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      };
    },
    async past(query) {
      return withVotes(await requests.between(query));
    },
    async counts(person) {
      const { organisation } = person;
      const pending = await requests.list({ organisation, state: "pending", limit: LOOKED_THROUGH });
      return { pending: pending.length, mine: (await mine(person)).length };
    },
  };
}
