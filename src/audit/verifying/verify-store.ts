// Holds the whole trail against itself and against what was signed: every leaf, its place, its sealed part, the tiles, the
// checkpoint, and the checkpoint that is remembered outside the database. Needs nothing to be right but the signing key.
import { type CompareRecords, judgeCalls } from "../calls/judge-calls.ts";
import type { CallReader } from "../calls/read-calls.ts";
import { isSignedBy, readCheckpoint, readNote, readVerifier } from "../checkpoints/note.ts";
import type { Memory } from "../checkpoints/remembered.ts";
import type { SigningKeys } from "../checkpoints/signing-keys.ts";
import type { EntryStore, StoredEntry } from "../store/entry-store.ts";
import type { StoredTree, TreeStore } from "../store/tree-store.ts";
import { createGrowingRoot, type GrowingRoot } from "../tree/growing-root.ts";
import { hashLeaf, isSameHash } from "../tree/hashes.ts";
import { hashesOf, TILE_WIDTH } from "../tree/tiles.ts";
import { createFindings, type Findings, type Verified } from "./findings.ts";
import { judgeEntry } from "./judge-entry.ts";

interface VerifyDeps {
  entries: EntryStore;
  trees: TreeStore;
  keys: SigningKeys;
  memory: Memory;
  ownLog(): Promise<string>;
  calls: CallReader;
  compareRecords?: CompareRecords | undefined;
  /** An entry may say that it is so much older than the one before it. */
  lateMs: number;
}

const AT_ONCE = TILE_WIDTH * 8;

/** Where the tree was at a size that somebody signed. */
interface Mark {
  size: number;
  root: Uint8Array;
  kind: "checkpoint_differs" | "forked";
}

export function createVerifyStore(deps: VerifyDeps): () => Promise<Verified> {
  const { trees, memory, ownLog } = deps;
  return async () => {
    const findings = createFindings();
    const all = await trees.trees();
    const remembered = memory.read();
    const last = all.at(-1);
    if (remembered && (last?.origin ?? 0) < remembered.origin) findings.add({ kind: "rolled_back" });
    let entries = 0;
    for (const tree of all) entries += await verifyTree(deps, { tree, isLast: tree === last }, findings);
    const { foreign } = await trees.countWaiting(await ownLog());
    if (foreign > 0) findings.add({ kind: "foreign_entry", count: foreign });
    const checkpoint = last && (await trees.checkpoint(last.origin));
    return { ...findings.result(), entries, checkpoint: checkpoint?.note ?? null };
  };
}

async function verifyTree(
  deps: VerifyDeps,
  { tree, isLast }: { tree: StoredTree; isLast: boolean },
  findings: Findings,
): Promise<number> {
  const { memory } = deps;
  const remembered = memory.read();
  const marks: Mark[] = [];
  const signed = await signedMark(deps, tree, findings);
  if (signed) marks.push(signed);
  if (remembered?.origin === tree.origin) {
    const { size, root } = remembered.checkpoint;
    if (size > tree.size) findings.add({ kind: "rolled_back", origin: tree.name, size });
    else marks.push({ size, root, kind: "forked" });
  }
  const growing = createGrowingRoot();
  const count = await walk(deps, { tree, marks, growing, isLast }, findings);
  // Where entries are missing, that was told already.
  for (const { size, kind } of marks.filter((mark) => count >= tree.size && mark.size > growing.size()))
    findings.add({ kind, origin: tree.name, size });
  return count;
}

/** What the database says was signed last. */
async function signedMark(
  { trees, keys }: VerifyDeps,
  tree: StoredTree,
  findings: Findings,
): Promise<Mark | undefined> {
  const latest = await trees.checkpoint(tree.origin);
  const note = latest && readNote(latest.note);
  const checkpoint = note && readCheckpoint(note.text);
  // Keys of before a rotation or two are known by the list alone; those of now by their file.
  const listed = await trees.verifiers(tree.origin);
  const isSigned = [...keys.verifiers(tree.name), ...listed].some((text) => {
    const verifier = readVerifier(text);
    return note && verifier && isSignedBy(note, verifier);
  });
  if (!checkpoint || !isSigned || checkpoint.origin !== tree.name) {
    findings.add({ kind: "checkpoint_forged", origin: tree.name });
    return undefined;
  }
  if (checkpoint.size !== tree.size) findings.add({ kind: "checkpoint_differs", origin: tree.name, size: tree.size });
  return { size: checkpoint.size, root: checkpoint.root, kind: "checkpoint_differs" };
}

interface Walk {
  tree: StoredTree;
  marks: readonly Mark[];
  growing: GrowingRoot;
  isLast: boolean;
}

/** Every entry in its order, with what the tiles say of it. */
async function walk(deps: VerifyDeps, { tree, marks, growing }: Walk, findings: Findings): Promise<number> {
  const { entries, trees, ownLog, lateMs } = deps;
  const log = await ownLog();
  const readTile = trees.readTile(tree.origin);
  let next = 0;
  let latestMs = 0;
  for (;;) {
    const some = await entries.inOrder(tree.origin, { from: next, limit: AT_ONCE });
    const expected = new Map<number, Uint8Array>();
    const until = Math.min(some.at(-1)?.seq ?? next, tree.size - 1);
    for (let number = Math.floor(next / TILE_WIDTH); number * TILE_WIDTH <= until; number += 1)
      for (const [index, hash] of hashesOf(await readTile({ level: 0, number })).entries())
        expected.set(number * TILE_WIDTH + index, hash);
    for (const entry of some) {
      const seq = entry.seq ?? 0;
      const place = { origin: tree.name, seq, id: entry.id };
      if (seq < next) findings.add({ kind: "place_taken_twice", ...place });
      if (seq > next) skip({ tree, from: next, until: Math.min(seq, tree.size), expected, growing, marks }, findings);
      const leafHash = hashLeaf(entry.leaf);
      if (seq >= next) {
        judgePlace({ entry, leafHash, expected: expected.get(seq), place }, findings);
        step({ tree, growing, marks, leafHash: expected.get(seq) ?? leafHash }, findings);
        next = seq + 1;
      }
      for (const finding of judgeEntry(entry, log)) findings.add({ ...finding, ...place });
      if (entry.atMs < latestMs - lateMs) findings.notice({ kind: "out_of_time", ...place });
      latestMs = Math.max(latestMs, entry.atMs);
    }
    await judgeCalls(deps, some, { findings, origin: tree.name });
    if (some.length < AT_ONCE) break;
  }
  if (next > tree.size) findings.add({ kind: "entries_unsigned", origin: tree.name, count: next - tree.size });
  if (next < tree.size) findings.add({ kind: "entry_missing", origin: tree.name, seq: next, count: tree.size - next });
  return next;
}

interface Skipped {
  tree: StoredTree;
  from: number;
  until: number;
  /** As the tiles have it, so that one missing entry is one finding, and not every root after it. */
  expected: ReadonlyMap<number, Uint8Array>;
  growing: GrowingRoot;
  marks: readonly Mark[];
}

function skip({ tree, from, until, expected, growing, marks }: Skipped, findings: Findings): void {
  if (from >= until) return;
  findings.add({ kind: "entry_missing", origin: tree.name, seq: from, count: until - from });
  for (let seq = from; seq < until; seq += 1) {
    const hash = expected.get(seq);
    // Where the tiles say nothing either, no root after this can be known.
    if (!hash) return;
    findings.lost(hash, seq);
    step({ tree, growing, marks, leafHash: hash }, findings);
  }
}

interface Placed {
  entry: StoredEntry;
  leafHash: Uint8Array;
  expected: Uint8Array | undefined;
  place: { origin: string; seq: number; id: string };
}

function judgePlace({ leafHash, expected, place }: Placed, findings: Findings): void {
  if (expected && isSameHash(expected, leafHash)) return;
  findings.add({ kind: expected ? "entry_altered" : "entries_unsigned", ...place });
  findings.lost(expected, place.seq);
  findings.found(leafHash, place.seq);
}

interface Step {
  tree: StoredTree;
  growing: GrowingRoot;
  marks: readonly Mark[];
  leafHash: Uint8Array;
}

function step({ tree, growing, marks, leafHash }: Step, findings: Findings): void {
  growing.add(leafHash);
  for (const { size, root, kind } of marks)
    if (size === growing.size() && !isSameHash(growing.root(), root)) findings.add({ kind, origin: tree.name, size });
}
