import { expect, test } from "bun:test";
import { cleanText } from "../../clean-text.ts";
import { startOf } from "../../ledger.fixture.ts";
import { callRecordSchema, type CallRecord } from "../../contract.ts";
import { createCallOpener } from "../../open-call.ts";
import { columnsOfCall } from "./columns-of-call.ts";
import { columnsOfSpan } from "./columns-of-span.ts";
import { lineColumns } from "./line-columns.ts";
import { joinRecordLines, splitRecordLines } from "./record-lines.ts";

/** The columns as they were written, unquoted; the fields of a row are separated by commas. */
const split = (text: string) => {
  const { columns, record } = splitRecordLines(Buffer.from(text));
  const row = Buffer.from(columns).toString();
  const fields = [...row.slice(1, -1).matchAll(/("(?:[^"\\]|\\.)*"|[^",]*)(?:,|$)/gs)].map(([, field = ""]) =>
    field.startsWith('"') ? field.slice(1, -1).replaceAll(/\\(.)/gs, "$1") : field,
  );
  const named = lineColumns.map((name, index) => [name, fields[index + 1] ?? ""]);
  return {
    columns: Object.fromEntries(named.filter(([, value]) => value !== "")),
    record: Buffer.from(record).toString(),
  };
};

/** A record as an open call makes it. */
function newRecord(): CallRecord {
  const open = createCallOpener({
    bodies: { store: true, max_bytes: 1 },
    journal: { reserve: () => undefined } as never,
    world: { nowMs: () => 1_790_000_000_000 },
    onClosed: () => undefined,
  });
  return callRecordSchema.parse(open(startOf({ model: "né 🙂 \n\t" })).record);
}

test("a record comes out as it went in, with its columns or without", () => {
  const record = newRecord();
  const json = JSON.stringify(record);
  const columns = {
    id: record.id,
    started_at_ms: "1790000000000",
    kind: "call",
    is_own: "true",
    is_counted: "true",
    trace_id: record.trace_id,
    span_id: record.span_id,
    name: "né 🙂 \n\t",
    key_id: "key-1",
    user_name: "ann",
    model: "né 🙂 \n\t",
    operation: "chat",
    outcome: "failed",
    cache: "off",
    input_tokens: "0",
    output_tokens: "0",
    cache_read_tokens: "0",
    cache_write_tokens: "0",
    reasoning_tokens: "0",
    duration_ms: "0",
  };
  expect(split(joinRecordLines(record, json))).toEqual({ columns, record: json });
  expect(split(json)).toEqual({ columns, record: json });
});

test("a line of another version, with other columns, is made anew", () => {
  const json = JSON.stringify(newRecord());
  for (const line of ['{"id":"x","started_at_ms":1}\n', "(2,x,2)\0", "(30,x,2)\0"])
    expect(split(line + json)).toEqual(split(json));
});

test("only what PostgreSQL cannot hold is replaced, in the columns too", () => {
  const record = { ...newRecord(), model: "a\0b\ud83d c", session: "\\u0000 🙂 \u0001" };
  const clean = { ...record, model: "a\uFFFDb\uFFFD c" };
  const found = split(joinRecordLines(record, JSON.stringify(record)));
  expect(found.columns).toMatchObject({ model: clean.model });
  expect(JSON.parse(found.record)).toEqual(clean);
  expect(cleanText("fine")).toBe("fine");
});

test("a record of another version goes to PostgreSQL as it is, to be judged there", () => {
  for (const json of ['{"who":7,"route":null,"answer":"x"}', "{}", "[]", "null", "7"])
    expect(split(json).record).toBe(json);
});

test("what is no JSON is said to be none", () => {
  for (const text of ["", "{", "{}\n", "\n"])
    expect(() => splitRecordLines(Buffer.from(`${text}\\u0000`))).toThrow(SyntaxError);
});

test("columns are written in the order in which PostgreSQL reads them", () => {
  for (const columns of [columnsOfCall({}), columnsOfSpan({})]) expect(Object.keys(columns)).toEqual([...lineColumns]);
});
