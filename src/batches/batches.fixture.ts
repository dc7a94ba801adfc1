// What tests of this room have in common: a store without a vault, and a batch whose lines are there to be carried out.
import type { ContentSealer } from "../kernel/index.ts";
import type { NewLine } from "./batch.ts";
import type { BatchesStore } from "./store/store.ts";

export const HOUR_MS = 3_600_000;

export const unsealed: ContentSealer = { enabled: false, seal: (plain) => plain, open: (bytes) => bytes };

export async function beginBatch(store: BatchesStore, id: string, lines: readonly NewLine[]): Promise<void> {
  const batch = await store.batches.insert({
    id,
    kind: "openai",
    owner: "o",
    keyId: "k",
    sealedFor: null,
    endpoint: "e",
    headers: {},
    metadata: null,
    inputFileId: null,
    outputLifetimeMs: null,
    windowMs: HOUR_MS,
  });
  await store.lines.insert(batch, lines);
  await store.batches.begin(id, lines.length);
}
