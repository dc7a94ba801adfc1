// What stands in the journal from a place on: how much PostgreSQL has still to get, and how old it is.
import type { Journal } from "../journal/journal.ts";
import type { Position } from "../journal/segment-list.ts";

export interface Backlog {
  records: number;
  bytes: number;
}

const ONE_RECORD_BYTES = 16 * 1024;

export function measureBacklog(journal: Journal, from: Position): Backlog {
  const bytes = journal.bytesFrom(from);
  // Records in damaged parts were never counted: where there are no bytes left, there are no records.
  return { bytes, records: bytes === 0 ? 0 : Math.max(0, journal.end().record - from.record) };
}

/** Age of the oldest record from a place on, in milliseconds since it was closed; 0 when there is none. */
export function ageOfBacklog(journal: Journal, { from, nowMs }: { from: Position; nowMs: number }): number {
  const { frames } = journal.read(from, { buffer: Buffer.allocUnsafe(ONE_RECORD_BYTES), recordsMax: 1 });
  return Math.max(0, nowMs - (frames[0]?.closedAtMs ?? nowMs));
}
