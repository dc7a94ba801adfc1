// Which versions were approved, as far as the gate asks.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";

export interface GateStore {
  stamp(action: string): Promise<string>;
  approved(action: string, resourceType: string): Promise<{ name: string; hash: string }[]>;
}

/** More than versions are kept anywhere; the newest. */
const APPROVED_MAX = 50_000;

export function createGateStore(storage: Storage): GateStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async stamp(action) {
      // Counted too: what is settled first may be committed last.
      const { rows } = await sql<{ stamp: string }>`
        select count(*) || ' ' || coalesce(max(id), '') as stamp from approvals_requests
        where action = ${action} and state in ('approved', 'used')`.execute(db());
      return rows[0]?.stamp ?? "";
    },
    async approved(action, resourceType) {
      const { rows } = await sql<{ name: string; hash: string }>`
        select resource_id as name, payload_hash as hash from approvals_requests
        where action = ${action} and resource_type = ${resourceType} and state in ('approved', 'used')
        order by id desc limit ${APPROVED_MAX}`.execute(db());
      return rows;
    },
  };
}
