// Records in Parquet's columns, a row group a page, so that only one page is in memory at a time. Reading goes by row groups too.
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects, snappyUncompress } from "hyparquet";
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { type Cell, type Column, columns, portableFromCells } from "./columns.ts";
import type { FoundRecord, ImportSource, PortableRecord } from "./portable.ts";

export async function* writeParquet(pages: AsyncIterable<PortableRecord[]>): AsyncIterable<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaFromColumnData({ columnData: columnsOf([]) }) });
  for await (const page of pages) {
    await writer.write({ columnData: columnsOf(page), rowGroupSize: Math.max(1, page.length) });
    yield taken(bytes);
  }
  await writer.finish();
  yield taken(bytes);
}

/** What has been written so far; the writer goes on at the same offset of the file. */
function taken(bytes: ByteWriter): Uint8Array {
  const copy = Uint8Array.from(bytes.getBytes());
  bytes.index = 0;
  return copy;
}

function columnsOf(page: readonly PortableRecord[]) {
  return columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: true,
    data: page.map((each) => parquetValue(column, column.read(each))),
  }));
}

function parquetValue({ type }: Column, cell: Cell): unknown {
  if (cell === null) return null;
  if (type === "INT64") return BigInt(Math.trunc(Number(cell)));
  return type === "TIMESTAMP" ? new Date(Number(cell)) : cell;
}

/** Of one page, unpacked: a few bytes may say that they are gigabytes. Exports keep far below both. */
const PAGE_BYTES_MAX = 512 * 1024 * 1024;
const GROUP_ROWS_MAX = 1_000_000;

const compressors = {
  SNAPPY(packed: Uint8Array, bytes: number): Uint8Array {
    if (bytes > PAGE_BYTES_MAX) throw new Error(`a page of it unpacks to more than ${PAGE_BYTES_MAX} bytes`);
    const page = new Uint8Array(bytes);
    snappyUncompress(packed, page);
    return page;
  },
};

export async function* readParquet(source: ImportSource): AsyncIterable<FoundRecord> {
  const file: AsyncBuffer = {
    byteLength: source.size,
    slice: (start, end) => source.slice(start < 0 ? source.size + start : start, end ?? source.size),
  };
  const metadata = await parquetMetadataAsync(file);
  const wanted = ["record", "request", "request_is_base64", "response", "response_is_base64"];
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    if (rowEnd - rowStart > GROUP_ROWS_MAX) throw new Error(`a group of its rows has more than ${GROUP_ROWS_MAX}`);
    const rows = await parquetReadObjects({ file, metadata, columns: wanted, rowStart, rowEnd, compressors });
    for (const [index, cells] of rows.entries()) yield { at: rowStart + index + 1, value: valueOf(cells) };
    rowStart = rowEnd;
  }
}

function valueOf(cells: Record<string, unknown>): unknown {
  try {
    return portableFromCells(cells);
  } catch {
    return undefined;
  }
}
