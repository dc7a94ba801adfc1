import { expect, test } from "bun:test";
import { checksOfRecord, judgeRecord } from "./judge-record.ts";

const stored = (...calls: [tag: string, outcome?: string][]) =>
  calls.map(([tag, outcome = "ok"], place) => ({ id: `id-${place}`, tag, outcome }));
const callers = { answered: new Set(["a", "b"]), cut: new Set(["c", "d"]) };

test("holds when every answered call is on record once, whatever became of those that were cut", () => {
  const verdict = judgeRecord(callers, stored(["a"], ["b"], ["c", "cancelled"]));
  expect(verdict).toEqual({ recorded: 3, missing: [], doubled: [], misjudged: [], cutOnRecord: 1 });
  expect(checksOfRecord(verdict, { rows: 3, ids: 3, tags: 3 }).every(({ holds }) => holds)).toBe(true);
});

test("finds an answered call that is missing", () => {
  const verdict = judgeRecord(callers, stored(["a"]));
  expect(verdict.missing).toEqual(["b"]);
  expect(checksOfRecord(verdict, undefined).map(({ holds }) => holds)).toEqual([false, true, true]);
});

test("finds a call that is on record twice, even one that nobody was answered", () => {
  expect(judgeRecord(callers, stored(["a"], ["b"], ["b"])).doubled).toEqual(["b"]);
  expect(judgeRecord(callers, stored(["a"], ["b"], ["c"], ["c"])).doubled).toEqual(["c"]);
});

test("finds an answered call that is recorded as something else", () => {
  expect(judgeRecord(callers, stored(["a"], ["b", "truncated"])).misjudged).toEqual(["b"]);
});

test("finds doubles that only the database shows", () => {
  const verdict = judgeRecord(callers, stored(["a"], ["b"]));
  for (const count of [
    { rows: 3, ids: 2, tags: 2 },
    { rows: 3, ids: 3, tags: 3 },
    { rows: 2, ids: 2, tags: 1 },
  ])
    expect(checksOfRecord(verdict, count).at(-1)?.holds).toBe(false);
});
