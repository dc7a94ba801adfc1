import { expect, test } from "bun:test";
import { boundsOf, rangeOf, searchOfRange } from "./list-search.ts";

const nowMs = Date.UTC(2026, 8, 22, 12, 0);

test("a list reaches a day back and to now unless the address says otherwise", () => {
  expect(boundsOf({}, nowMs)).toEqual({ since_ms: nowMs - 86_400_000 });
  expect(boundsOf({ range: "1h", filter: "kind:tool" }, nowMs)).toEqual({
    since_ms: nowMs - 3_600_000,
    filter: "kind:tool",
  });
});

test("two moments of the reader's own are both told", () => {
  expect(boundsOf({ range: "custom", from: 10, to: 20 }, nowMs)).toEqual({ since_ms: 10, until_ms: 20 });
});

test("the usual range leaves the address short", () => {
  expect(searchOfRange(rangeOf({}))).toEqual({ range: undefined, from: undefined, to: undefined });
  expect(searchOfRange({ range: "custom", from: 1, to: 2 })).toEqual({ range: "custom", from: 1, to: 2 });
});
