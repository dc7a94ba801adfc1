// Which records of a batch may change what is counted of others, by what the first bytes of their lines say: spans of other
// programs, and calls whose callers named a span above them. A batch has none of them as a rule.

// `(3,true,<id>,<trace id>,<parent>`: the columns begin in this order for this reason.
const IS_OWN_AT = 3;
const TRUE = 0x74;
const COMMA = 0x2c;
const PARENT_AT = 78;
const HEAD = /^\(\d+,(true|false),([^,]*),([0-9a-f]{32})?,([^,]?)/;

export function isOwnLine(line: Uint8Array | undefined): boolean {
  return line?.[IS_OWN_AT] === TRUE;
}

export interface Linked {
  /** Traces in which what is counted may change. */
  traceIds: readonly string[];
  /** Ids of the spans of other programs that say by which id the vendor's answer goes: each may be a call of ours. */
  named: readonly string[];
}

/** Undefined where no record of the batch is such a one. */
export function findLinked(lines: readonly Uint8Array[]): Linked | undefined {
  const traceIds = new Set<string>();
  const named: string[] = [];
  let isLinked = false;
  for (const line of lines) {
    if (isOwnLine(line) && line[PARENT_AT] === COMMA) continue;
    const [, isOwn, id = "", traceId, parent] =
      HEAD.exec(Buffer.from(line.subarray(0, PARENT_AT + 2)).toString("latin1")) ?? [];
    if (isOwn !== "false" && parent === "") continue;
    isLinked = true;
    if (traceId !== undefined) traceIds.add(traceId);
    // The last column is the id of the answer, and must stay the last: `…,<id>)`.
    if (isOwn === "false" && line.at(-2) !== COMMA) named.push(id);
  }
  return isLinked ? { traceIds: [...traceIds], named } : undefined;
}
