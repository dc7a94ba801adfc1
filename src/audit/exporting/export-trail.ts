// The trail as a file, page by page: with proofs as NDJSON, without them as CSV, OCSF or CEF.
import { type CallReader, entryOfCall, type FoundCall } from "../calls/read-calls.ts";
import type { AuditFilter } from "../contract.ts";
import { searchOf } from "../reading/read-audit.ts";
import { showEntries } from "../reading/views.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { EntryConditions, EntryStore, StoredEntry } from "../store/entry-store.ts";
import type { SignedCheckpoint, TreeStore } from "../store/tree-store.ts";
import { createTreeReader } from "../tree/proofs.ts";
import { cefLine, csvColumns, csvRow, ocsfEvent } from "./formats.ts";
import { base64, EXPORT_FORMAT, exportedCall, exportedEntry, type ExportHeader, lineOf } from "./ndjson.ts";

export const auditFormats = ["ndjson", "csv", "ocsf", "cef"] as const;
export type AuditFormat = (typeof auditFormats)[number];

export interface TrailFile {
  mediaType: string;
  fileName: string;
  chunks: AsyncGenerator<string>;
}

interface ExportDeps {
  entries: EntryStore;
  trees: TreeStore;
  calls: CallReader;
  sealer: Sealer;
  latest(): Promise<SignedCheckpoint>;
  nowMs(): number;
  version: string;
}

export type ExportTrail = (format: AuditFormat, filter: AuditFilter) => Promise<TrailFile>;

const AT_ONCE = 500;
const MEDIA_TYPES: Record<AuditFormat, string> = {
  ndjson: "application/x-ndjson",
  csv: "text/csv; charset=utf-8",
  ocsf: "application/x-ndjson",
  cef: "text/x-cef; charset=utf-8",
};

/** What is signed when it begins; later entries are left to the next. */
export function createExportTrail(deps: ExportDeps): ExportTrail {
  const { trees, sealer, latest, nowMs } = deps;
  return async (format, filter) => {
    const signed = await latest();
    const said: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) said[name] = value;
    const call = filter.call === undefined ? undefined : await deps.calls.find(filter.call);
    const search = { ...(await searchOf(filter, sealer)), id: call ? call.batch.id : filter.call };
    const header: ExportHeader = {
      format: EXPORT_FORMAT,
      checkpoint: signed.note,
      keys: await trees.verifiers(signed.origin),
      from: 0,
      until: signed.size,
      filter: Object.keys(said).length === 0 ? null : said,
      exported_at_ms: nowMs(),
    };
    const pages = readPages(deps, signed, search);
    const day = new Date(nowMs()).toISOString().slice(0, 10);
    return {
      mediaType: MEDIA_TYPES[format],
      fileName: `binnacle-audit-${day}.${format === "ocsf" ? "ocsf.ndjson" : format}`,
      chunks: format === "ndjson" ? proven(deps, { signed, header, pages, call }) : told(deps, format, { pages, call }),
    };
  };
}

async function* readPages(
  { entries }: ExportDeps,
  { origin, size }: SignedCheckpoint,
  search: EntryConditions,
): AsyncGenerator<StoredEntry[]> {
  for (let from = 0; from < size;) {
    const page = (await entries.inOrder(origin, { from, limit: AT_ONCE }, search)).filter(
      ({ seq }) => (seq ?? size) < size,
    );
    if (page.length > 0) yield page;
    if (page.length < AT_ONCE) return;
    from = (page.at(-1)?.seq ?? size) + 1;
  }
}

interface Proven {
  signed: SignedCheckpoint;
  header: ExportHeader;
  pages: AsyncGenerator<StoredEntry[]>;
  /** The one that was asked for. */
  call: FoundCall | undefined;
}

async function* proven(deps: ExportDeps, { signed, header, pages, call }: Proven): AsyncGenerator<string> {
  yield lineOf(header);
  let count = 0;
  for await (const page of pages) {
    // A reader a page: what it has read of the tree is let go with it.
    const tree = createTreeReader(deps.trees.readTile(signed.origin));
    for (const entry of page) {
      const line = lineOf(exportedEntry(entry, await tree.inclusion(entry.seq ?? 0, signed.size)));
      yield line + (call ? provenCall(call) : await callLines(deps, entry));
    }
    count += page.length;
  }
  yield lineOf({ end: true, entries: count });
}

const provenCall = (call: FoundCall): string =>
  lineOf({ ...exportedCall(call, call.number), proof: call.path.map(base64) });

/** One batch at a time is in memory. */
async function callLines({ calls }: ExportDeps, entry: StoredEntry): Promise<string> {
  const batched = (await calls.of([entry])).get(entry.id) ?? [];
  return batched.map((call, number) => lineOf(exportedCall(call, number))).join("");
}

/** After an entry of calls each of its calls, as an entry; or the one that was asked for. */
async function* withCalls(
  { calls }: ExportDeps,
  { pages, call }: Pick<Proven, "pages" | "call">,
): AsyncGenerator<StoredEntry[]> {
  for await (const page of pages) {
    let some: StoredEntry[] = [];
    for (const entry of page) {
      const batched = call ? [call] : ((await calls.of([entry])).get(entry.id) ?? []);
      some.push(entry, ...batched.flatMap((each) => entryOfCall(each, entry) ?? []));
      if (some.length < AT_ONCE) continue;
      yield some;
      some = [];
    }
    yield some;
  }
}

async function* told(
  deps: ExportDeps,
  format: Exclude<AuditFormat, "ndjson">,
  wanted: Pick<Proven, "pages" | "call">,
): AsyncGenerator<string> {
  const { sealer, version } = deps;
  if (format === "csv") yield `${csvColumns.join(",")}\r\n`;
  for await (const some of withCalls(deps, wanted)) {
    const views = await showEntries(some, sealer);
    if (format === "csv") yield views.map(csvRow).join("");
    else if (format === "ocsf") yield views.map((view) => `${JSON.stringify(ocsfEvent(view, version))}\n`).join("");
    else yield views.map((view) => `${cefLine(view, version)}\n`).join("");
  }
}
