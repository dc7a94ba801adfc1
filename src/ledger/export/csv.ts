// Records a row each, with a heading, as RFC 4180 says. Spreadsheets run texts that begin like a formula; those get an apostrophe in the
// columns that people read. The record itself and its bodies stay as they are: they are read back.
import { parse } from "csv-parse";
import { stringify } from "csv-stringify/sync";
import { type Cell, columns, portableFromCells } from "./columns.ts";
import type { FoundRecord, ImportSource, PortableRecord } from "./portable.ts";

const FORMULA = /^[=+\-@\t\r]/;
const READ_BACK: ReadonlySet<string> = new Set(["record", "request", "response"]);

export async function* writeCsv(pages: AsyncIterable<PortableRecord[]>): AsyncIterable<Uint8Array> {
  yield Buffer.from(stringify([columns.map(({ name }) => name)]));
  for await (const page of pages) {
    const rows = page.map((each) => columns.map(({ name, type, read }) => cellText(name, type, read(each))));
    yield Buffer.from(stringify(rows));
  }
}

function cellText(name: string, type: string, cell: Cell): string {
  if (cell === null) return "";
  if (type === "TIMESTAMP") return new Date(Number(cell)).toISOString();
  const text = String(cell);
  return type === "STRING" && !READ_BACK.has(name) && FORMULA.test(text) ? `'${text}` : text;
}

export async function* readCsv(source: ImportSource): AsyncIterable<FoundRecord> {
  const rows = parse({ columns: true, bom: true, relax_column_count: true });
  void feed(source, rows);
  let at = 1;
  for await (const cells of rows) {
    at += 1;
    yield { at, value: valueOf(cells as Record<string, string>) };
  }
}

/** No faster than the rows are read. */
async function feed(source: ImportSource, rows: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const chunk of source.stream())
      if (!rows.write(chunk)) await new Promise<void>((resolve) => void rows.once("drain", resolve));
    rows.end();
  } catch (error) {
    rows.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function valueOf(cells: Record<string, string>): unknown {
  try {
    return portableFromCells(cells);
  } catch {
    return undefined;
  }
}
