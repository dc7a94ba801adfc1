// Whether calls of batches are what they were: their lines against the root in the entry, their sealed parts, and the ledger's
// records against what was said of them.
import type { JsonValue } from "../entries/entry.ts";
import type { Leaf } from "../entries/leaf.ts";
import type { StoredEntry } from "../store/entry-store.ts";
import type { FindingKind, Findings } from "../verifying/findings.ts";
import { judgeSealed, parseLeaf } from "../verifying/judge-entry.ts";
import { type BatchedCall, CALLS_EXECUTED, rootOfCalls } from "./call-batch.ts";
import { CALLS_LET_GO, letGoBefore } from "./let-go.ts";
import { batchFacts, type CallReader } from "./read-calls.ts";

export interface SaidRecord {
  id: string;
  /** Of the record as it was, hex. */
  sha256: string;
}

/** Whoever keeps the records says which are not as they were, which are not there, and how many have gone as they should. */
export type CompareRecords = (said: readonly SaidRecord[]) => Promise<ComparedRecords>;

export interface ComparedRecords {
  altered: string[];
  missing: string[];
  gone: number;
}

interface JudgeDeps {
  calls: CallReader;
  compareRecords?: CompareRecords | undefined;
}

/** Of some entries in their order, those of calls and of their batches. Gives how many calls there were in batches. */
export async function judgeCalls(
  { calls, compareRecords }: JudgeDeps,
  entries: readonly StoredEntry[],
  { findings, origin }: { findings: Findings; origin: string },
): Promise<number> {
  const batches = await calls.of(entries);
  let count = 0;
  for (const entry of entries) {
    const place = { origin, seq: entry.seq ?? 0, id: entry.id };
    const batched = batches.get(entry.id);
    const said = isOfBatches(entry) ? parseLeaf(entry.leaf) : undefined;
    const before = said && letGoBefore(said);
    if (before !== undefined) findings.letGo(before);
    if (said?.action === CALLS_EXECUTED && !batched) findings.callsMissing(place, entry.atMs);
    if (said && batched) for (const kind of judgeBatch(said, batched)) findings.add({ kind, ...place });
    count += batched?.length ?? 0;
    const records = (batched ?? [entry]).flatMap(saidRecord);
    const compared = records.length > 0 ? await compareRecords?.(records) : undefined;
    for (const id of compared?.altered ?? []) findings.add({ kind: "record_altered", ...place, id });
    for (const id of compared?.missing ?? []) findings.add({ kind: "record_missing", ...place, id });
  }
  return count;
}

const isOfBatches = ({ leaf }: StoredEntry): boolean => leaf.includes(CALLS_EXECUTED) || leaf.includes(CALLS_LET_GO);

function* judgeBatch(said: Leaf, calls: readonly BatchedCall[]): Generator<FindingKind> {
  const { count, root } = batchFacts(said);
  if (calls.length !== count || rootOfCalls(calls) !== root) yield "calls_altered";
  for (const call of calls) {
    const sealing = parseLeaf(call.leaf);
    if (sealing) for (const { kind } of judgeSealed(sealing, call)) yield kind;
  }
}

/** Entries of before calls came in batches do not say it. */
function saidRecord({ leaf }: Pick<BatchedCall, "leaf">): SaidRecord[] {
  if (!leaf.includes('"record":"')) return [];
  const said = parseLeaf(leaf);
  const sha256: JsonValue | undefined = said?.details?.["record"];
  return said && typeof sha256 === "string" ? [{ id: said.id, sha256 }] : [];
}
