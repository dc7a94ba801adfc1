// Rules and objectives that were made by API, as they were written.
import { sql } from "kysely";
import { at, type Db, msOf } from "./tables.ts";

export type DefinitionSort = "rule" | "slo";

export interface Definition {
  name: string;
  spec: unknown;
  changedAtMs: number;
  keyId: string;
  keyName: string;
}

export interface DefinitionStore {
  list(sort: DefinitionSort): Promise<Definition[]>;
  /** False where it would be one more than `max`. */
  put(sort: DefinitionSort, definition: Definition, max: number): Promise<boolean>;
  /** False where there is none. */
  remove(sort: DefinitionSort, name: string): Promise<boolean>;
}

export function createDefinitionStore(db: () => Db): DefinitionStore {
  return {
    async list(sort) {
      const { rows } = await sql<Definition>`
        select name, spec, ${msOf("changed_at")} as "changedAtMs", key_id as "keyId", key_name as "keyName"
        from alerts_definitions where sort = ${sort} order by name`.execute(db());
      return rows;
    },
    async put(sort, { name, spec, changedAtMs, keyId, keyName }, max) {
      return db()
        .transaction()
        .execute(async (open) => {
          await sql`select pg_advisory_xact_lock(hashtext('binnacle alerts definitions'))`.execute(open);
          await sql`
            insert into alerts_definitions (sort, name, spec, changed_at, key_id, key_name)
            select ${sort}, ${name}, ${JSON.stringify(spec)}::json, ${at(changedAtMs)}, ${keyId}, ${keyName}
            where (select count(*) from alerts_definitions where sort = ${sort} and name <> ${name}) < ${max}
            on conflict (sort, name) do update set spec = excluded.spec, changed_at = excluded.changed_at,
              key_id = excluded.key_id, key_name = excluded.key_name`.execute(open);
          const { rows } = await sql`
            select 1 from alerts_definitions where sort = ${sort} and name = ${name}`.execute(open);
          return rows.length > 0;
        });
    },
    async remove(sort, name) {
      const { rows } = await sql`
        delete from alerts_definitions where sort = ${sort} and name = ${name} returning name`.execute(db());
      return rows.length > 0;
    },
  };
}
