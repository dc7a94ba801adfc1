// The three formats that records are exported in, each a writer and a reader of streams.
import type { FoundRecord, ImportSource, PortableRecord } from "./portable.ts";
import { readCsv, writeCsv } from "./csv.ts";
import { readNdjson, writeNdjson } from "./ndjson.ts";

export interface ExportFormat {
  mediaType: string;
  /** Pages of records to bytes; holds about a page at a time. */
  write(pages: AsyncIterable<PortableRecord[]>): AsyncIterable<Uint8Array>;
  /** Bytes to records as they are said, unchecked, with the place of each. Throws ImportFault. */
  read(source: ImportSource): AsyncIterable<FoundRecord>;
}

/** Its libraries are large, and few ask for it. */
const loadParquet = () => import("./parquet.ts");

export const exportFormats = {
  ndjson: { mediaType: "application/x-ndjson", write: writeNdjson, read: readNdjson },
  csv: { mediaType: "text/csv; charset=utf-8", write: writeCsv, read: readCsv },
  parquet: {
    mediaType: "application/vnd.apache.parquet",
    async *write(pages) {
      yield* (await loadParquet()).writeParquet(pages);
    },
    async *read(source) {
      yield* (await loadParquet()).readParquet(source);
    },
  },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof exportFormats;
export const exportFormatNames = ["ndjson", "csv", "parquet"] as const satisfies readonly ExportFormatName[];
