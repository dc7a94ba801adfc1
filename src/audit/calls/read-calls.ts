// Calls of batches, found again: each as an entry would say it, with its place in its batch and its path to the batch's root.
import type { Leaf } from "../entries/leaf.ts";
import { auditErrors } from "../errors.ts";
import type { CallStore } from "../store/call-store.ts";
import type { EntryStore, StoredEntry } from "../store/entry-store.ts";
import { parseLeaf } from "../verifying/judge-entry.ts";
import { type BatchedCall, CALLS_EXECUTED, hashesOfCalls, pathInBatch, startOf, unpackCalls } from "./call-batch.ts";

export interface FoundCall extends BatchedCall {
  /** The entry of its batch. */
  batch: StoredEntry;
  /** In the batch, from 0. */
  number: number;
  count: number;
  /** To the batch's root, RFC 9162's order. */
  path: Uint8Array[];
}

export interface CallReader {
  /** Throws `audit.call_let_go` where it is not there and batches of its moment were let go. */
  find(id: string): Promise<FoundCall | undefined>;
  /** Those of entries that are batches, by the ids of these; without those whose calls are not there. */
  of(entries: readonly StoredEntry[]): Promise<Map<string, BatchedCall[]>>;
}

const IS_CALL_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function createCallReader(store: CallStore, entries: EntryStore): CallReader {
  return {
    async find(id) {
      if (!IS_CALL_ID.test(id)) return undefined;
      const around = await store.around(startOf(id));
      for (const { id: batchId, calls: packed } of around) {
        const calls = (packed && unpackCalls(packed)) ?? [];
        const number = calls.findIndex(({ leaf }) => leaf.includes(id) && parseLeaf(leaf)?.id === id);
        const call = calls[number];
        const batch = call && (await entries.find(batchId));
        if (!batch) continue;
        const path = pathInBatch(hashesOfCalls(calls), number);
        return { ...call, batch, number, count: calls.length, path };
      }
      const gone = around.find(({ calls }) => calls === null);
      if (gone) throw auditErrors.call_let_go({ id, batch: gone.id });
      return undefined;
    },
    async of(some) {
      const batches = some.filter(isBatch);
      if (batches.length === 0) return new Map();
      const packed = await store.read(batches.map(({ id }) => id));
      const found = new Map<string, BatchedCall[]>();
      for (const [id, bytes] of packed) {
        const calls = unpackCalls(bytes);
        if (calls) found.set(id, calls);
      }
      return found;
    },
  };
}

const isBatch = ({ leaf }: Pick<StoredEntry, "leaf">): boolean =>
  leaf.includes(CALLS_EXECUTED) && parseLeaf(leaf)?.action === CALLS_EXECUTED;

/** What a batch's entry says of its calls. */
export function batchFacts({ details }: Pick<Leaf, "details">): { count: number; root: string } {
  const { count, root } = details ?? {};
  return { count: Number(count), root: String(root) };
}

/** A call of a batch as an entry of its own would be, at the place of its batch. */
export function entryOfCall(
  { leaf, salt, sealed }: BatchedCall,
  { origin, seq }: StoredEntry,
): StoredEntry | undefined {
  const said = parseLeaf(leaf);
  return said && { id: said.id, atMs: said.at_ms, leaf, salt, sealed, origin, seq };
}
