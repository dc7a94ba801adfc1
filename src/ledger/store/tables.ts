// The ledger's tables as Kysely knows them, and what every statement on them must know: how long a name may be, which
// times there are, how a partition of a day is made.
import type { CallRecord } from "../contract.ts";
import { cleanText, cutName } from "../clean-text.ts";

/** The columns that are read by name; the batch statement writes the rest. */
export interface LedgerTables {
  ledger_records: {
    id: string;
    started_at: Date;
    is_own: boolean;
    kind: string;
    key_id: string;
    model: string | null;
    route: string | null;
    outcome: string;
    request_hash: Buffer | null;
    response_hash: Buffer | null;
    data: CallRecord;
  };
  ledger_bodies: {
    id: string;
    started_at: Date;
    request: Buffer | null;
    response: Buffer | null;
    request_is_zstd: boolean;
    response_is_zstd: boolean;
  };
  ledger_checkpoints: { journal_id: string; segment: number; segment_offset: number; record: number };
}

// Beyond 2 KB PostgreSQL would compress a row until it is no longer than this, which costs more than all the rest of it.
const ROW_OPTIONS = "toast_tuple_target = 4080";
const DAY_MS = 86_400_000;
const YEAR_9999_MS = 253_402_300_799_999;

/** Any number a caller may send, as a time that PostgreSQL knows. */
export function dateAt(epochMs: number): Date {
  return new Date(Math.min(Math.max(epochMs, 0), YEAR_9999_MS));
}

/** A name as its column holds it. */
export function storedName(name = ""): string {
  return cutName(cleanText(name));
}

/** The statements that make a UTC day's partitions where they are missing. */
export function partitionsOf(epochDay: number): string[] {
  const [day, next] = [isoDay(epochDay), isoDay(epochDay + 1)];
  return ["records", "bodies", "texts"].map(
    (table) => `create table if not exists ledger_${table}_${dayName(epochDay)}
      partition of ledger_${table} for values from ('${day}T00:00:00Z') to ('${next}T00:00:00Z')
      with (${ROW_OPTIONS})`,
  );
}

/** A UTC day, counted from the epoch, as `2026-11-21`. */
export function isoDay(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

/** The same in the names of its tables: `20261121`. */
export function dayName(epochDay: number): string {
  return isoDay(epochDay).replaceAll("-", "");
}

/** The UTC day of such a name, counted from the epoch; no number where it is none. */
export function dayOfName(name: string): number {
  return Date.parse(`${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6)}T00:00:00Z`) / DAY_MS;
}
