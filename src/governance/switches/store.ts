// Kill switches in PostgreSQL. One that was lifted leaves its row behind: it says who did what, and when.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { tablesOf, type Writing } from "../changes/store.ts";
import type { Switch, ThrowSwitch } from "./contract.ts";

export interface SwitchStore {
  /** Those that hold, newest first. */
  thrown(limit: number): Promise<Switch[]>;
  /** Lifted ones too, newest first. */
  all(limit: number): Promise<Switch[]>;
  /** Changed after that revision. */
  hasChangedSince(revision: number): Promise<boolean>;
  insert(writing: Writing, wish: ThrowSwitch & { id: string; by: ByWhom }): Promise<Switch>;
  /** Undefined where there is none, or it does not hold any more. */
  lift(writing: Writing, id: string, by: ByWhom): Promise<Switch | undefined>;
  count(writing: Writing): Promise<number>;
}

export type ByWhom = Switch["thrown_by"];

type Db = Kysely<unknown>;

const columns = sql`id, kind, name, reason, thrown_by, lifted_by,
  (extract(epoch from thrown_at) * 1000)::float8 as thrown_at_ms,
  (extract(epoch from ends_at) * 1000)::float8 as ends_at_ms,
  (extract(epoch from lifted_at) * 1000)::float8 as lifted_at_ms`;

const holds = sql`lifted_at is null and (ends_at is null or ends_at > now())`;

export function createSwitchStore(storage: Storage): SwitchStore {
  const db = (writing?: Writing): Db => tablesOf<unknown>(storage, writing);
  return {
    async thrown(limit) {
      const { rows } = await sql<Switch>`
        select ${columns} from governance_switches where ${holds}
        order by thrown_at desc, id desc limit ${limit}`.execute(db());
      return rows;
    },
    async all(limit) {
      const { rows } = await sql<Switch>`
        select ${columns} from governance_switches order by thrown_at desc, id desc limit ${limit}`.execute(db());
      return rows;
    },
    async hasChangedSince(revision) {
      const { rows } = await sql<{ has: boolean }>`
        select exists (select from governance_switches where revision > ${revision}) as has`.execute(db());
      return rows[0]?.has ?? false;
    },
    async insert(writing, { id, kind, name, reason, ends_at_ms, by }) {
      const { rows } = await sql<Switch>`
        insert into governance_switches (id, kind, name, reason, thrown_by, ends_at, revision)
        values (${id}, ${kind}, ${name}, ${reason}, ${JSON.stringify(by)}::json,
          to_timestamp(${ends_at_ms}::float8 / 1000), ${writing.revision})
        returning ${columns}`.execute(db(writing));
      const [row] = rows;
      if (!row) throw new Error("an insert without a row");
      return row;
    },
    async lift(writing, id, by) {
      const { rows } = await sql<Switch>`
        update governance_switches
        set lifted_at = date_trunc('milliseconds', clock_timestamp()), lifted_by = ${JSON.stringify(by)}::json,
          revision = ${writing.revision}
        where id = ${id} and ${holds}
        returning ${columns}`.execute(db(writing));
      return rows[0];
    },
    async count(writing) {
      const { rows } = await sql<{ count: string }>`
        select count(*) as count from governance_switches where ${holds}`.execute(db(writing));
      return Number(rows[0]?.count);
    },
  };
}
