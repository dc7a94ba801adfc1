// The latest records, in memory: to be shown the moment they are closed, before PostgreSQL has them or while it is away.
import type { CallRecord } from "./contract.ts";
import type { Position } from "./journal/segment-list.ts";

export interface RecentRecord {
  record: CallRecord;
  /** Where its bodies are, as long as that segment lives. */
  at: Position;
}

export interface RecentRecords {
  /** The oldest makes room. */
  add(record: CallRecord, at: Position): void;
  find(isWanted: (record: CallRecord) => boolean): RecentRecord | undefined;
  filter(isWanted: (record: CallRecord) => boolean): CallRecord[];
}

export function createRecentRecords(max: number): RecentRecords {
  const ring: RecentRecord[] = [];
  let next = 0;
  return {
    add(record, at) {
      ring[next] = { record, at };
      next = next + 1 === max ? 0 : next + 1;
    },
    find: (isWanted) => ring.find(({ record }) => isWanted(record)),
    filter: (isWanted) => ring.filter(({ record }) => isWanted(record)).map(({ record }) => record),
  };
}
