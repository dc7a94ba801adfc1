// Who decides in whose place, in PostgreSQL.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { Delegation } from "../contract.ts";
import type { Standing } from "../requests/eligible.ts";
import type { Open } from "./requests.ts";

export interface NewDelegation extends Standing {
  id: string;
  delegate: string;
  untilMs: number;
}

type Db = Kysely<unknown>;

const columns = sql`id, delegator as "from", delegate as "to",
  (extract(epoch from until) * 1000)::float8 as until_ms, (extract(epoch from created_at) * 1000)::float8 as created_at_ms`;

const LISTED_MAX = 1000;

export function createDelegationStore(storage: Storage) {
  const db = (): Db => storage.tables<unknown>();
  return {
    async insert(open: Open, { id, delegator, delegatorRoles, organisation, delegate, untilMs }: NewDelegation) {
      const { rows } = await sql<Delegation>`
        insert into approvals_delegations (id, delegator, delegator_roles, organisation, delegate, until)
        values (${id}, ${delegator}, ${[...delegatorRoles]}, ${organisation}, ${delegate},
          to_timestamp(${untilMs}::float8 / 1000))
        returning ${columns}`.execute(open);
      const [row] = rows;
      if (!row) throw new Error("an insert without a row");
      return row;
    },
    async list(organisation: string): Promise<Delegation[]> {
      const { rows } = await sql<Delegation>`
        select ${columns} from approvals_delegations
        where organisation = ${organisation} and until > clock_timestamp() order by id desc limit ${LISTED_MAX}`.execute(
        db(),
      );
      return rows;
    },
    /** In whose place somebody of these names decides now. */
    async standings(names: readonly string[], open?: Open): Promise<Standing[]> {
      const { rows } = await sql<Standing>`
        select delegator, delegator_roles as "delegatorRoles", organisation from approvals_delegations
        where delegate = any(${[...names]}::text[]) and until > clock_timestamp() order by id limit ${LISTED_MAX}`.execute(
        open ?? db(),
      );
      return rows;
    },
    async end(open: Open, id: string, delegator: string): Promise<boolean> {
      const { rows } = await sql`
        update approvals_delegations set until = clock_timestamp()
        where id = ${id} and delegator = ${delegator} and until > clock_timestamp() returning id`.execute(open);
      return rows.length === 1;
    },
  };
}

export type DelegationStore = ReturnType<typeof createDelegationStore>;
