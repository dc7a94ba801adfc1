// Whether records are still what somebody has the hash of: those that were altered, those that are not there, and those that have
// gone because they were kept long enough, or the disk was full.
import { sql } from "kysely";
import type { Storage } from "../../../storage/index.ts";
import { startOfCallId } from "../../call-id.ts";
import type { RetentionConfig } from "../../retention/config.ts";
import { rowKeeps } from "../../retention/plan-sweep.ts";
import { isoDay } from "../tables.ts";

export interface SaidOfRecord {
  id: string;
  /** Of the record as JSON, as it was written; hex. */
  sha256: string;
}

export interface Comparison {
  altered: string[];
  missing: string[];
  /** How many are not there, and need not be. */
  gone: number;
}

export type CompareRecords = (said: readonly SaidOfRecord[]) => Promise<Comparison>;

const DAY_MS = 86_400_000;

export function createCompareRecords(config: RetentionConfig, storage: Storage, nowMs: () => number): CompareRecords {
  const db = () => storage.tables<unknown>();
  const shortestMs = Math.min(config.records, ...rowKeeps(config, "records"));

  async function sweptDays(): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ day: string | null }>`
      select distinct day::text as day from ledger_sweeps where part = 'records'`.execute(db());
    return new Set(rows.flatMap(({ day }) => day ?? []));
  }

  return async (said) => {
    const starts = said.map(({ id }) => startOfCallId(id) ?? 0);
    const { rows } = await sql<{ id: string; sha256: string }>`
      select r.id::text as id, encode(sha256(convert_to(r.data::text, 'utf8')), 'hex') as sha256
      from ledger_records as r
      where r.started_at between ${new Date(Math.min(...starts))} and ${new Date(Math.max(...starts) + 1)}
        and r.id = any(${said.map(({ id }) => id)}::uuid[])`.execute(db());
    const found = new Map(rows.map(({ id, sha256 }) => [id, sha256]));
    const comparison: Comparison = { altered: [], missing: [], gone: 0 };
    const absent = said.filter(({ id }) => !found.has(id));
    const swept = absent.length > 0 ? await sweptDays() : new Set<string>();
    for (const { id, sha256 } of said) {
      const now = found.get(id);
      if (now !== undefined && now !== sha256) comparison.altered.push(id);
    }
    for (const { id } of absent) {
      const startMs = startOfCallId(id) ?? 0;
      const mayBeGone = nowMs() - startMs >= shortestMs || swept.has(isoDay(Math.floor(startMs / DAY_MS)));
      if (mayBeGone) comparison.gone += 1;
      else comparison.missing.push(id);
    }
    return comparison;
  };
}
