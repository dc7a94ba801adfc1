// Which records of a batch may change what is counted of others, by what the first bytes of their lines say: spans of other
// programs, and calls whose callers named a span above them. A batch has none of them as a rule.
import type { Frame } from "../journal/frame.ts";

/** Where to look for spans above and below. */
export interface Linked {
  traceIds: readonly string[];
  /** Minutes of all records in the batch, epoch milliseconds, in order. */
  minutesMs: readonly number[];
}

// `(2,true,<id>,<trace id>,<parent>`: the columns begin in this order for this reason.
const IS_OWN_AT = 3;
const TRUE = 0x74;
const COMMA = 0x2c;
const PARENT_AT = 78;
const HEAD = /^\(\d+,(true|false),[^,]*,([0-9a-f]{32})?,([^,]?)/;
const MINUTE_MS = 60_000;

export function findLinked(lines: readonly Uint8Array[], frames: readonly Frame[]): Linked | undefined {
  const traceIds = new Set<string>();
  let isLinked = false;
  for (const line of lines) {
    if (line[IS_OWN_AT] === TRUE && line[PARENT_AT] === COMMA) continue;
    const [, isOwn, traceId, parent] = HEAD.exec(Buffer.from(line.subarray(0, PARENT_AT + 2)).toString("latin1")) ?? [];
    if (isOwn !== "false" && parent === "") continue;
    isLinked = true;
    if (traceId !== undefined) traceIds.add(traceId);
  }
  return isLinked ? { traceIds: [...traceIds], minutesMs: minutesOf(frames) } : undefined;
}

function minutesOf(frames: readonly Frame[]): number[] {
  const minutes = new Set(frames.map(({ startedAtMs }) => Math.floor(startedAtMs / MINUTE_MS) * MINUTE_MS));
  return [...minutes].toSorted((a, b) => a - b);
}
