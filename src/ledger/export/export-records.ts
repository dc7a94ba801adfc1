// Records out, as a stream: a page is read while the one before is on its way, and nothing more is held.
import type { Storage } from "../../storage/index.ts";
import type { FilterBounds } from "../filter/filter.ts";
import { readFilter } from "../filter/read-filter.ts";
import { type BodySealer, openBodies } from "../sealing.ts";
import { withHashes } from "../store/stored-body.ts";
import { passesFilter } from "../store/records/search.ts";
import { type ExportFormatName, exportFormats } from "./formats.ts";
import { portableFrom, type PortableRecord } from "./portable.ts";
import { type Scan, type ScannedRecord, type ScanPlace, scanRecords } from "./store.ts";

/** Bodies are up to a MiB each, so a page of them is kept short. */
const PAGE_WITH_BODIES = 200;
const PAGE_WITHOUT_BODIES = 1000;

export interface ExportWish {
  format: ExportFormatName;
  sinceMs: number;
  /** Exclusive. */
  untilMs: number;
  withBodies: boolean;
  /** In the filter language; all records without one. */
  filter?: string | undefined;
}

export interface ExportFile {
  mediaType: string;
  extension: ExportFormatName;
  chunks: AsyncIterable<Uint8Array>;
}

/** Oldest first. Throws `ledger.bad_filter` and its like at once. What PostgreSQL throws breaks the stream, in the middle too: a broken export does not look whole. */
export function exportRecords(
  storage: Pick<Storage, "tables">,
  { format, filter, ...scan }: ExportWish,
  { bounds, sealer }: { bounds: FilterBounds; sealer?: BodySealer | undefined },
): ExportFile {
  const { mediaType, write } = exportFormats[format];
  const where = filter && passesFilter({ ...scan, filter: readFilter(filter, bounds) }, "ledger_records");
  return {
    mediaType,
    extension: format,
    chunks: write(pagesOf(storage, { ...scan, ...(where && { where }) }, sealer)),
  };
}

async function* pagesOf(
  storage: Pick<Storage, "tables">,
  scan: Scan,
  sealer: BodySealer | undefined,
): AsyncIterable<PortableRecord[]> {
  const limit = scan.withBodies ? PAGE_WITH_BODIES : PAGE_WITHOUT_BODIES;
  let after: ScanPlace | undefined;
  for (;;) {
    const page = await scanRecords(storage, scan, { after, limit });
    if (page.length > 0) yield await Promise.all(page.map((record) => portableOf(record, sealer)));
    after = page.at(-1);
    if (page.length < limit) return;
  }
}

async function portableOf(
  { id, data, request, response, requestHash, responseHash }: ScannedRecord,
  sealer: BodySealer | undefined,
): Promise<PortableRecord> {
  return portableFrom(withHashes(data, requestHash, responseHash), await openBodies(sealer, id, { request, response }));
}
