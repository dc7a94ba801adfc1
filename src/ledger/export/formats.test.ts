import { describe, expect, test } from "bun:test";
import { assert, asyncProperty, oneof, string } from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { sampleCall, sampleSpan } from "./export.fixture.ts";
import { exportFormats, type ExportFormatName } from "./formats.ts";
import {
  bytesOf,
  type FoundRecord,
  type ImportSource,
  portableFrom,
  type PortableRecord,
  readPortable,
} from "./portable.ts";

const names = Object.keys(exportFormats) as ExportFormatName[];

async function* pagesOf(...pages: PortableRecord[][]): AsyncIterable<PortableRecord[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

async function written(name: ExportFormatName, pages: AsyncIterable<PortableRecord[]>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportFormats[name].write(pages)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A file in pieces of a size that cuts anywhere. */
function sourceOf(bytes: Uint8Array, pieceBytes = bytes.length): ImportSource {
  return {
    size: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += pieceBytes)
        yield await Promise.resolve(bytes.slice(at, at + pieceBytes));
    },
    slice: (start, end) => Promise.resolve(Uint8Array.from(bytes.subarray(start, end)).buffer),
  };
}

async function read(name: ExportFormatName, source: ImportSource): Promise<FoundRecord[]> {
  const found: FoundRecord[] = [];
  for await (const each of exportFormats[name].read(source)) found.push(each);
  return found;
}

const bytes = (text: string) => Buffer.from(text);
const call = portableFrom(sampleCall(), { request: bytes('{"a":"é\n"quoted", and 🙂"}'), response: null });
const span = portableFrom(sampleSpan(), { request: Buffer.from([0xff, 0xfe]), response: bytes("=1+1") });

describe.each(names)("%s", (name) => {
  test("gives back what was written, cut into pieces anywhere", async () => {
    const file = await written(name, pagesOf([call, span], [call]));
    for (const pieceBytes of [1, 7, 4096]) {
      const found = await read(name, sourceOf(file, pieceBytes));
      expect(found.map(({ value }) => readPortable(value))).toEqual([call, span, call]);
      expect(found.map(({ at }) => at)).toEqual(name === "csv" ? [2, 3, 4] : [1, 2, 3]);
    }
  });

  test("takes any text that a body can hold", async () => {
    const body = oneof(string({ unit: "binary" }), string({ unit: "grapheme" }));
    await assert(
      asyncProperty(body, body, async (request, response) => {
        const one = portableFrom(sampleCall(), { request: bytes(request), response: bytes(response) });
        const [found] = await read(name, sourceOf(await written(name, pagesOf([one])), 5));
        const back = readPortable(found?.value);
        expect(back.request ? Buffer.from(bytesOf(back.request)) : bytes("")).toEqual(bytes(request));
        expect(back.response ? Buffer.from(bytesOf(back.response)) : bytes("")).toEqual(bytes(response));
      }),
      { numRuns: 50 },
    );
  });

  test("without records is a file all the same", async () => {
    expect(await read(name, sourceOf(await written(name, pagesOf()), 3))).toEqual([]);
  });
});

test("a spreadsheet runs nothing that a caller wrote", async () => {
  const evil = portableFrom({ ...sampleCall(), model: '=HYPERLINK("x")' }, undefined);
  expect((await written("csv", pagesOf([evil]))).toString()).toContain(`"'=HYPERLINK(""x"")"`);
});

test("Parquet has numbers as numbers and times as times", async () => {
  const file = await written("parquet", pagesOf([call]));
  const [row] = await parquetReadObjects({ file: Uint8Array.from(file).buffer });
  const { record } = call;
  expect(row).toMatchObject({
    started_at: new Date(record.started_at_ms),
    cost_usd_micros: BigInt(record.cost?.usd_micros ?? -1),
    own: true,
    user: "ann",
    duration_ms: 12.5,
    first_token_ms: null,
  });
});

test("lines that are no records come as undefined, with their place", async () => {
  const lines = `\n{"record":1}\nnothing\n${JSON.stringify(call)}`;
  const found = await read("ndjson", sourceOf(bytes(lines), 9));
  expect(found.map(({ at }) => at)).toEqual([2, 3, 4]);
  expect(found[1]?.value).toBeUndefined();
});
