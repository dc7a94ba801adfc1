// Ids for logs, which come without: made of what a log is and who wrote it, so that a request that is sent again, because its
// answer was lost, adds nothing. Of logs that are the same within one request, each has its own.
import type { RecordGroup } from "../wire/open-export.ts";

export interface LogNames {
  /** 16 hex digits. Throws where the log cannot be written as JSON. */
  nameOf(group: RecordGroup<unknown>, index: number): string;
}

export function createLogNames(): LogNames {
  const seeds = new Map<RecordGroup<unknown>, bigint>();
  const seen = new Map<string, number>();

  function seedOf(group: RecordGroup<unknown>): bigint {
    const known = seeds.get(group);
    if (known !== undefined) return known;
    const seed = BigInt(Bun.hash(JSON.stringify([group.resource.attributes, group.scope.name])));
    seeds.set(group, seed);
    return seed;
  }

  return {
    nameOf(group, index) {
      const name = hex16(Bun.hash(group.bytesOf(index), seedOf(group)));
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return before === 0 ? name : hex16(Bun.hash(name, BigInt(before)));
    },
  };
}

function hex16(hash: number | bigint): string {
  return hash.toString(16).padStart(16, "0");
}
