// Reading records, and making them searchable beforehand.
import type { World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { BodySealer } from "../sealing.ts";
import { createIndexer, type IndexingState } from "../indexing/indexer.ts";
import { createIndexStore } from "../store/records/indexing.ts";
import { createRecordStore } from "../store/records/records.ts";
import { createRecordReader, type RecordReader } from "./read-records.ts";

export interface Finding {
  records: RecordReader;
  start(): void;
  close(): Promise<void>;
  indexing(): IndexingState;
}

export function createFinding(
  { reading, search }: Pick<LedgerConfig, "reading" | "search">,
  { storage, world, sealer }: { storage: Storage; world: World; sealer?: BodySealer | undefined },
): Finding {
  const store = createRecordStore(storage, reading.timeout);
  const indexer = createIndexer(search, { storage, store: createIndexStore(storage, sealer), world });
  return {
    records: createRecordReader(reading, { store, isAvailable: storage.isAvailable, world, sealer }),
    start: indexer.start,
    close: indexer.close,
    indexing: indexer.state,
  };
}
