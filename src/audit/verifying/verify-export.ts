// Verifies an export without a server or a database: the signature, the place of every entry, its sealed part, and that nothing
// is missing in between. Line by line, however long the file is.
import { CALLS_EXECUTED } from "../calls/call-batch.ts";
import { letGoBefore } from "../calls/let-go.ts";
import { batchFacts } from "../calls/read-calls.ts";
import { type Checkpoint, isSignedBy, readCheckpoint, readNote, readVerifier } from "../checkpoints/note.ts";
import {
  EXPORT_FORMAT,
  EXPORT_FORMAT_BEFORE,
  type ExportedCall,
  type ExportedEntry,
  type ExportEnd,
  type ExportHeader,
} from "../exporting/ndjson.ts";
import type { Leaf } from "../entries/leaf.ts";
import { rootByInclusion } from "../tree/check-proof.ts";
import { createGrowingRoot } from "../tree/growing-root.ts";
import { hashLeaf, isSameHash } from "../tree/hashes.ts";
import { createFindings, type Findings, type Verified } from "./findings.ts";
import { judgeSealed, parseLeaf } from "./judge-entry.ts";

export interface VerifiedExport extends Verified {
  origin: string | null;
  size: number | null;
  /** False where the file's own keys had to do. */
  key_was_given: boolean;
  /** Every entry from the first to the last of the tree is here. */
  is_whole: boolean;
}

/** `trusted` are keys in C2SP's words that came by another way than the file. */
export async function verifyExport(lines: AsyncIterable<string>, trusted: readonly string[]): Promise<VerifiedExport> {
  const findings = createFindings();
  const reading = createReading(findings, trusted);
  for await (const line of lines) if (line !== "") reading.take(line);
  return { ...reading.finish(), key_was_given: trusted.length > 0 };
}

function createReading(findings: Findings, trusted: readonly string[]) {
  const growing = createGrowingRoot();
  let header: ExportHeader | undefined;
  let checkpoint: Checkpoint | undefined;
  let end: ExportEnd | undefined;
  let batch: BatchReading | undefined;
  let count = 0;
  let next = 0;
  let latestMs = 0;

  function takeHeader(value: unknown): void {
    if (!isHeader(value)) return findings.add({ kind: "unreadable" });
    header = value;
    next = value.from;
    checkpoint = readSigned(value, trusted);
    if (!checkpoint) findings.add({ kind: "checkpoint_forged" });
  }

  function takeEntry(entry: ExportedEntry): void {
    const { index, leaf, proof } = entry;
    batch?.finish();
    batch = undefined;
    count += 1;
    if (index < next) findings.add({ kind: "order_wrong", seq: index });
    if (header?.filter === null && next < index)
      findings.add({ kind: "entry_missing", seq: next, count: index - next });
    next = index + 1;
    const leafHash = hashLeaf(leaf);
    growing.add(leafHash);
    const said = parseLeaf(leaf);
    const place = { seq: index, ...(said && { id: said.id }) };
    const root = checkpoint && rootByInclusion({ index, size: checkpoint.size, leafHash, proof: proof.map(bytesOf) });
    if (!checkpoint || !root || !isSameHash(root, checkpoint.root)) findings.add({ kind: "proof_wrong", ...place });
    if (!said) return findings.add({ kind: "unreadable", ...place });
    for (const { kind } of judgeSealed(said, partsOf(entry))) findings.add({ kind, ...place });
    if (said.at_ms < latestMs - LATE_MS) findings.notice({ kind: "out_of_time", ...place });
    latestMs = Math.max(latestMs, said.at_ms);
    batch = batchOf(said, { findings, seq: index, isWhole: header?.filter === null });
  }

  return {
    take(line: string): void {
      const value = parse(line);
      if (header === undefined) return takeHeader(value);
      if (end !== undefined) return findings.add({ kind: "order_wrong" });
      if (isEnd(value)) end = value;
      else if (isCall(value) && batch) batch.take(value);
      else if (isEntry(value)) takeEntry(value);
      else findings.add({ kind: "unreadable" });
    },
    finish() {
      batch?.finish();
      if (header?.filter === null && next < header.until)
        findings.add({ kind: "entry_missing", seq: next, count: header.until - next });
      if (end?.entries !== count) findings.add({ kind: "incomplete", count });
      const isWhole = header?.filter === null && header.from === 0 && checkpoint?.size === growing.size();
      if (isWhole && checkpoint && !isSameHash(growing.root(), checkpoint.root))
        findings.add({ kind: "checkpoint_differs" });
      return {
        ...findings.result(),
        entries: count,
        checkpoint: header?.checkpoint ?? null,
        origin: checkpoint?.origin ?? null,
        size: checkpoint?.size ?? null,
        is_whole: isWhole,
      };
    },
  };
}

interface BatchReading {
  take(call: ExportedCall): void;
  /** All of its calls were taken that are here. */
  finish(): void;
}

interface BatchPlace {
  findings: Findings;
  seq: number;
  isWhole: boolean;
}

function batchOf(said: Leaf, place: BatchPlace): BatchReading | undefined {
  const before = letGoBefore(said);
  if (before !== undefined) place.findings.letGo(before);
  return said.action === CALLS_EXECUTED ? readBatch(said, place) : undefined;
}

/**
 * Calls with a path are proven one by one; without, all of the batch must be here. Where all are missing they may have been let go,
 * which an export with a filter need not say.
 */
function readBatch(leaf: Leaf, { findings, seq, isWhole }: BatchPlace): BatchReading {
  const { count, root } = batchFacts(leaf);
  const growing = createGrowingRoot();
  let proven = 0;
  const isRoot = (hash: Uint8Array | undefined): boolean =>
    hash !== undefined && Buffer.from(hash).toString("hex") === root;
  return {
    take(call) {
      const { call: index, proof } = call;
      const said = parseLeaf(call.leaf);
      const place = { seq, ...(said && { id: said.id }) };
      if (!said) return findings.add({ kind: "unreadable", ...place });
      for (const { kind } of judgeSealed(said, partsOf(call))) findings.add({ kind, ...place });
      const leafHash = hashLeaf(call.leaf);
      if (proof === undefined) return growing.add(leafHash);
      proven += 1;
      if (!isRoot(rootByInclusion({ index, size: count, leafHash, proof: proof.map(bytesOf) })))
        findings.add({ kind: "proof_wrong", ...place });
    },
    finish() {
      if (proven > 0 && growing.size() === 0) return;
      if (growing.size() === 0) return void (isWhole && findings.callsMissing({ seq, count }, leaf.at_ms));
      if (growing.size() < count) findings.add({ kind: "calls_missing", seq, count: count - growing.size() });
      else if (growing.size() > count || !isRoot(growing.root())) findings.add({ kind: "calls_altered", seq });
    },
  };
}

const LATE_MS = 600_000;

function readSigned(header: ExportHeader, trusted: readonly string[]): Checkpoint | undefined {
  const note = readNote(header.checkpoint);
  if (!note) return undefined;
  const keys = trusted.length > 0 ? trusted : header.keys;
  const isSigned = keys.some((text) => {
    const verifier = readVerifier(text);
    return verifier && isSignedBy(note, verifier);
  });
  return isSigned ? readCheckpoint(note.text) : undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === "string");
const isPlace = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function isHeader(value: unknown): value is ExportHeader {
  const { format, checkpoint, keys, from, until, filter } = fieldsOf(value);
  const isKnown = format === EXPORT_FORMAT || format === EXPORT_FORMAT_BEFORE;
  const isSaid = isKnown && typeof checkpoint === "string" && isTexts(keys);
  return isSaid && isPlace(from) && isPlace(until) && typeof filter === "object";
}

function isEntry(value: unknown): value is ExportedEntry {
  const { index, leaf, proof, salt = "", sealed = "" } = fieldsOf(value);
  return isPlace(index) && typeof leaf === "string" && isTexts(proof) && isTexts([salt, sealed]);
}

function isCall(value: unknown): value is ExportedCall {
  const { call, leaf, proof = [], salt = "", sealed = "" } = fieldsOf(value);
  return isPlace(call) && typeof leaf === "string" && isTexts(proof) && isTexts([salt, sealed]);
}

function isEnd(value: unknown): value is ExportEnd {
  const { end, entries } = fieldsOf(value);
  return end === true && isPlace(entries);
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "base64");

const partsOf = ({ salt, sealed }: Pick<ExportedEntry, "salt" | "sealed">) => ({
  salt: salt === undefined ? null : bytesOf(salt),
  sealed: sealed === undefined ? null : bytesOf(sealed),
});
