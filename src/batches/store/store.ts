// The store of this room: its three parts over the pool, or over one transaction.
import type { Storage } from "../../storage/index.ts";
import { type BatchStore, createBatchStore } from "./batch-store.ts";
import { createFileStore, type FileStore } from "./file-store.ts";
import { createLineStore, type LineStore } from "./line-store.ts";
import type { BatchesTables, Database } from "./tables.ts";

export interface StoreParts {
  files: FileStore;
  batches: BatchStore;
  lines: LineStore;
}

export interface BatchesStore extends StoreParts {
  /** All of it or nothing. */
  transact<T>(work: (parts: StoreParts) => Promise<T>): Promise<T>;
}

export function createBatchesStore(storage: Storage): BatchesStore {
  const pool = (): Database => storage.tables<BatchesTables>();
  return {
    ...partsOver(pool),
    transact: (work) =>
      pool()
        .transaction()
        .execute((transaction) => work(partsOver(() => transaction))),
  };
}

function partsOver(db: () => Database): StoreParts {
  return { files: createFileStore(db), batches: createBatchStore(db), lines: createLineStore(db) };
}
