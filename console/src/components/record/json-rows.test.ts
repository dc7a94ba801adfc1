import { expect, test } from "bun:test";
import { type JsonRow, readJsonRows } from "./json-rows.ts";

const nothing = new Set<number>();
const all = { folded: nothing, rowsMax: 1000 };

/** As it is drawn, two blanks a level. */
const draw = (rows: readonly JsonRow[]): string =>
  rows
    .map(
      ({ depth, name, text, hasComma }) =>
        `${"  ".repeat(depth)}${name === null ? "" : `${name}: `}${text}${hasComma ? "," : ""}`,
    )
    .join("\n");

test("draws what JSON.stringify draws", () => {
  const value = { model: "m", list: [1, [], {}, { deep: [null, true, "x,y:{}"] }], empty: {} };
  expect(draw(readJsonRows(JSON.stringify(value), all).rows)).toBe(JSON.stringify(value, null, 2));
  for (const alone of ["1", '"a"', "[]", "{}", "null"]) expect(draw(readJsonRows(alone, all).rows)).toBe(alone);
});

test("leaves figures and doubled names as they were written", () => {
  const text = '{"a":1.10,"a":12345678901234567890,"b":1e400,"c":"\\u0041"}';
  expect(draw(readJsonRows(text, all).rows)).toBe(
    '{\n  "a": 1.10,\n  "a": 12345678901234567890,\n  "b": 1e400,\n  "c": "\\u0041"\n}',
  );
});

test("folds a bracket with all that is in it, and says how much that is", () => {
  const text = '{"a":[1,[2,3],{"x":4}],"b":5}';
  const { rows } = readJsonRows(text, { folded: new Set([text.indexOf("[")]), rowsMax: 100 });
  expect(draw(rows)).toBe('{\n  "a": […],\n  "b": 5\n}');
  expect(rows[1]?.entries).toBe(3);
});

test("reads a thousand brackets in each other, and no further than it draws", () => {
  const deep = `${"[".repeat(1000)}1${"]".repeat(1000)}`;
  expect(readJsonRows(deep, { folded: nothing, rowsMax: 5000 }).rows.length).toBe(2001);
  const long = `[${"1,".repeat(500_000)}1]`;
  const { rows, hasMore } = readJsonRows(long, { folded: nothing, rowsMax: 50 });
  expect({ drawn: rows.length, hasMore, comma: rows.at(-1)?.hasComma }).toEqual({
    drawn: 50,
    hasMore: true,
    comma: true,
  });
});

test("says that there is no more where the last line is the last", () => {
  expect(readJsonRows("[1]", { folded: nothing, rowsMax: 3 })).toMatchObject({ hasMore: false });
  expect(readJsonRows("[1]", { folded: nothing, rowsMax: 2 })).toMatchObject({ hasMore: true });
});

test("draws what is cut off or no JSON as far as it goes", () => {
  expect(draw(readJsonRows('{"a":[1,{"b":"brok', all).rows)).toBe('{\n  "a": [\n    1,\n    {\n      "b": "brok');
  expect(draw(readJsonRows("not json", all).rows)).toBe("not\njson");
  expect(draw(readJsonRows("}]", all).rows)).toBe("}\n]");
});
