// Records in the order of their time, page by page, with what was stored of their bodies: for exports.
import { sql, type Kysely } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { dateAt } from "../store/tables.ts";
import type { AnyRecord } from "./portable.ts";
import { plainBody } from "../store/stored-body.ts";

export interface Scan {
  sinceMs: number;
  /** Exclusive. */
  untilMs: number;
  withBodies: boolean;
  /** A condition on ledger_records, as the filter language compiles it. */
  where?: ReturnType<typeof sql<boolean>> | undefined;
}

/** Where a page ended. */
export interface ScanPlace {
  startedAt: Date;
  id: string;
}

export interface ScannedRecord extends ScanPlace {
  data: AnyRecord;
  requestHash: Buffer | null;
  responseHash: Buffer | null;
  request: Uint8Array | null;
  response: Uint8Array | null;
}

interface ScanRow {
  id: string;
  started_at: Date;
  data: AnyRecord;
  request_hash: Buffer | null;
  response_hash: Buffer | null;
  request: Buffer | null;
  response: Buffer | null;
  request_is_zstd: boolean | null;
  response_is_zstd: boolean | null;
}

/** The records after `after`, oldest first, at most `limit`. */
export async function scanRecords(
  storage: Pick<Storage, "tables">,
  scan: Scan,
  { after, limit }: { after: ScanPlace | undefined; limit: number },
): Promise<ScannedRecord[]> {
  const { rows } = await scanQuery(scan, { after, limit }).execute(storage.tables() as Kysely<unknown>);
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.started_at,
    data: row.data,
    requestHash: row.request_hash,
    responseHash: row.response_hash,
    request: plainBody(row.request, row.request_is_zstd),
    response: plainBody(row.response, row.response_is_zstd),
  }));
}

/** By the primary key, so that a page costs the same wherever it is. Exported to be explained. */
export function scanQuery(
  { sinceMs, untilMs, withBodies, where }: Scan,
  { after, limit }: { after: ScanPlace | undefined; limit: number },
) {
  const from = after?.startedAt ?? dateAt(sinceMs);
  return sql<ScanRow>`
    select page.id, page.started_at, page.data, page.request_hash, page.response_hash,
      body.request, body.response, body.request_is_zstd, body.response_is_zstd
    from (
      select id, started_at, data, request_hash, response_hash
      from ledger_records
      where started_at >= ${from} and started_at < ${dateAt(untilMs)}
        ${after ? sql`and (started_at, id) > (${after.startedAt}, ${after.id}::uuid)` : sql``}
        ${where ? sql`and ${where}` : sql``}
      order by started_at, id
      limit ${limit}
    ) as page
    left join ledger_bodies as body
      on ${sql.lit(withBodies)} and body.started_at = page.started_at and body.id = page.id
    order by page.started_at, page.id`;
}
