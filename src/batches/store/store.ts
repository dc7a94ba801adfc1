// The store of this room: its three parts over the pool, or over one transaction.
import type { Principal } from "../../governance/index.ts";
import type { ContentSealer, DataOwner } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import { dataOwnerOf } from "../batch.ts";
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
  /** Whose keys what a principal brings is sealed with; null where nothing is. */
  sealedFor(principal: Principal): DataOwner | null;
  /** All of it or nothing. */
  transact<T>(work: (parts: StoreParts) => Promise<T>): Promise<T>;
}

export function createBatchesStore(storage: Storage, sealer: ContentSealer): BatchesStore {
  const pool = (): Database => storage.tables<BatchesTables>();
  return {
    ...partsOver(pool, sealer),
    sealedFor: (principal) => (sealer.enabled ? dataOwnerOf(principal) : null),
    transact: (work) =>
      pool()
        .transaction()
        .execute((transaction) => work(partsOver(() => transaction, sealer))),
  };
}

function partsOver(db: () => Database, sealer: ContentSealer): StoreParts {
  return { files: createFileStore(db, sealer), batches: createBatchStore(db), lines: createLineStore(db, sealer) };
}
