// Gives entries their places in the tree and signs what has come of it: one process of an installation at a time, each batch one
// transaction of places, tiles and checkpoint, so that a crash leaves either all of them or none.
import type { Transaction } from "kysely";
import { sleep, type World } from "../../kernel/index.ts";
import { inTurn, type Storage } from "../../storage/index.ts";
import type { Memory } from "../checkpoints/remembered.ts";
import type { SigningKeys } from "../checkpoints/signing-keys.ts";
import type { AuditConfig } from "../config.ts";
import type { Compose } from "../entries/compose.ts";
import type { EntryStore } from "../store/entry-store.ts";
import type { StoredTree, TreeStore, WaitingEntry } from "../store/tree-store.ts";
import { hashLeaf } from "../tree/hashes.ts";
import { createTreeReader } from "../tree/proofs.ts";
import { addToTiles } from "../tree/tiles.ts";
import { type Fault, findFault } from "./find-fault.ts";
import { originBegun } from "./origin-begun.ts";

export interface Sequencer {
  start(): void;
  close(): Promise<void>;
  /** All that waits now; false where another process is at it, or the database is away. */
  sequence(): Promise<boolean>;
  /** Begins a new tree, whose first entry says of what it takes the place. */
  beginOrigin(): Promise<StoredTree>;
  /** Why nothing is signed, as far as this process has seen. */
  fault(): Fault | undefined;
}

export interface SequencerDeps {
  storage: Storage;
  entries: EntryStore;
  trees: TreeStore;
  keys: SigningKeys;
  memory: Memory;
  world: Pick<World, "nowMs" | "log">;
  composing(): Promise<Compose>;
  /** Of this installation. */
  ownLog(): Promise<string>;
  /** The latest checkpoint is another one. */
  signed?: (() => void) | undefined;
}

type SequencerConfig = Pick<AuditConfig, "sequencer" | "origin">;

const THIN_EVERY_MS = 3_600_000;

export function createSequencer(config: SequencerConfig, deps: SequencerDeps): Sequencer {
  const { storage, entries, trees, memory, world } = deps;
  const { interval, check_interval } = config.sequencer;
  const closing = new AbortController();
  let running = Promise.resolve();
  let fault: Fault | undefined;
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let thinnedAtMs = world.nowMs();

  /** How many were placed. */
  const placeSome = async (): Promise<number> => {
    const done = await entries.inTransaction((transaction) => takeBatch(config, deps, transaction));
    if (done.fault && done.fault !== fault)
      world.log.error({ fault: done.fault }, "the audit tree is not what was signed");
    fault = done.fault;
    if (done.fault) return 0;
    if (done.signed) memory.keep(done.signed.origin, done.signed.note);
    return done.placed;
  };

  async function work(): Promise<void> {
    await entries.preparePartitions(world.nowMs());
    let placed = 0;
    for (let some = await placeSome(); some > 0; some = await placeSome()) placed += some;
    checkedAtMs = world.nowMs();
    if (placed > 0) deps.signed?.();
    if (world.nowMs() - thinnedAtMs < THIN_EVERY_MS) return;
    thinnedAtMs = world.nowMs();
    await trees.thin(world.nowMs() - THIN_EVERY_MS);
  }

  const sequence = async (): Promise<boolean> =>
    storage.isAvailable() && (await inTurn(storage, "audit-sequencer", work));

  async function isNeeded(): Promise<boolean> {
    if (!storage.isAvailable()) return false;
    return Math.abs(world.nowMs() - checkedAtMs) >= check_interval || (await trees.hasWaiting(await deps.ownLog()));
  }

  async function run(): Promise<void> {
    let hasFailed = false;
    while (!closing.signal.aborted) {
      try {
        if (await isNeeded()) await sequence();
        hasFailed = false;
      } catch (err) {
        // Told once, not with every batch.
        if (!hasFailed) world.log.warn({ err }, "audit entries wait for their places in the tree");
        hasFailed = true;
      }
      await sleep(interval, closing.signal);
    }
  }

  return {
    start: () => void (running = run()),
    async close() {
      closing.abort();
      await running;
    },
    sequence,
    async beginOrigin() {
      const begun = await entries.inTransaction((transaction) => beginTree(config, deps, { transaction, fault }));
      memory.keep(begun.tree.origin, begun.note);
      fault = undefined;
      return begun.tree;
    },
    fault: () => fault,
  };
}

interface Batch {
  placed: number;
  fault?: Fault | undefined;
  signed?: { origin: number; note: string };
}

async function takeBatch(
  config: SequencerConfig,
  deps: SequencerDeps,
  transaction: Transaction<unknown>,
): Promise<Batch> {
  const { trees, keys, memory } = deps;
  const tree = await trees.tree(transaction);
  const fault = await findFault({
    tree,
    reader: tree && createTreeReader(trees.readTile(tree.origin, transaction)),
    latest: tree && (await trees.checkpoint(tree.origin, transaction)),
    remembered: memory.read(),
    verifiers: tree ? keys.verifiers(tree.name) : [],
  });
  if (fault) return { placed: 0, fault };
  if (!tree) {
    const begun = await beginTree(config, deps, { transaction, fault: undefined });
    return { placed: 1, signed: { origin: begun.tree.origin, note: begun.note } };
  }
  const waiting = await trees.waiting(transaction, await deps.ownLog(), config.sequencer.batch_max);
  if (waiting.length === 0) return { placed: 0 };
  const note = await addToTree(deps, transaction, { tree, waiting });
  return { placed: waiting.length, signed: { origin: tree.origin, note } };
}

/** Gives the signed note of the tree that has come of it. */
async function addToTree(
  { trees, keys, world }: SequencerDeps,
  transaction: Transaction<unknown>,
  { tree, waiting }: { tree: StoredTree; waiting: readonly WaitingEntry[] },
): Promise<string> {
  const { origin, name, size } = tree;
  await trees.place(transaction, origin, { first: size, entries: waiting });
  const leaves = waiting.map(({ leaf }) => hashLeaf(leaf));
  const readTile = trees.readTile(origin, transaction);
  await trees.putTiles(transaction, origin, await addToTiles(size, leaves, readTile));
  const grown = size + waiting.length;
  const note = keys.sign({ origin: name, size: grown, root: await createTreeReader(readTile).root(grown) });
  await trees.putCheckpoint(transaction, { origin, size: grown, signedAtMs: world.nowMs(), note });
  await trees.addVerifiers(transaction, origin, keys.verifiers(name));
  return note;
}

async function beginTree(
  config: SequencerConfig,
  deps: SequencerDeps,
  { transaction, fault }: { transaction: Transaction<unknown>; fault: Fault | undefined },
): Promise<{ tree: StoredTree; note: string }> {
  const { trees, entries, memory, world } = deps;
  const before = await trees.tree(transaction);
  const remembered = memory.read();
  const origin = Math.max(before?.origin ?? 0, remembered?.origin ?? 0) + 1;
  const tree = { origin, size: 0, name: `${config.origin ?? `binnacle.local/${await deps.ownLog()}`}/${origin}` };
  await trees.begin(transaction, { ...tree, atMs: world.nowMs() });
  const compose = await deps.composing();
  const row = await compose(transaction, originBegun({ tree, before, remembered, fault }));
  await entries.add(transaction, [row]);
  const first = { at: new Date(row.atMs).toISOString(), id: row.id, leaf: row.leaf };
  const note = await addToTree(deps, transaction, { tree, waiting: [first] });
  return { tree: { ...tree, size: 1 }, note };
}
