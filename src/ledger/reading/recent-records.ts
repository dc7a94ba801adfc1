// The latest records, in memory: to be shown the moment they are closed, before PostgreSQL has them or while it is away.
// They are kept as the text that went into the journal: one string is nothing to the garbage collector, while the thirty
// objects of a record, kept beyond their call, are (about 4 µs a call). Few of them are ever looked at.
import type { CallRecord } from "../contract.ts";
import type { Position } from "../journal/segment-list.ts";

export interface RecentRecord {
  record: CallRecord;
  /** Where its bodies are, as long as that segment lives; undefined where they are PostgreSQL's to give. */
  at: Position | undefined;
}

export interface RecentRecords {
  /** The oldest makes room. */
  add(closed: { id: string; json: string; at: Position }): void;
  findId(id: string): RecentRecord | undefined;
  find(isWanted: (record: CallRecord) => boolean): RecentRecord | undefined;
  filter(isWanted: (record: CallRecord) => boolean): CallRecord[];
  /** Bodies of those that are here are not to be read from the journal any more. */
  forgetBodies(): void;
}

interface Kept {
  id: string;
  json: string;
  at: Position | undefined;
  /** Made when somebody looks. */
  recent?: RecentRecord;
}

export function createRecentRecords(max: number): RecentRecords {
  const ring: Kept[] = [];
  let next = 0;
  return {
    add({ id, json, at }) {
      ring[next] = { id, json, at };
      next = next + 1 === max ? 0 : next + 1;
    },
    findId(id) {
      const kept = ring.find((each) => each.id === id);
      return kept && open(kept);
    },
    find: (isWanted) => ring.map(open).find(({ record }) => isWanted(record)),
    filter: (isWanted) =>
      ring
        .map(open)
        .filter(({ record }) => isWanted(record))
        .map(({ record }) => record),
    forgetBodies() {
      for (const kept of ring) {
        kept.at = undefined;
        if (kept.recent) kept.recent.at = undefined;
      }
    },
  };
}

function open(kept: Kept): RecentRecord {
  kept.recent ??= { record: JSON.parse(kept.json) as CallRecord, at: kept.at };
  return kept.recent;
}
