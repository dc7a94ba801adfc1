import { expect, test } from "bun:test";
import { array, assert, constantFrom, property } from "fast-check";
import { diffRows, foldSame, type Line } from "./diff-rows.ts";
import { describeDiff } from "./diff-view.tsx";

const textOf = (line: Line): string => line.pieces.map(({ text }) => text).join("");

test("pairs a line with what stands in its place, and marks what changed in it", () => {
  const rows = diffRows("a\nlimit: 10\nz", "a\nlimit: 20\nz\nnew");
  expect(rows.map(({ kind }) => kind)).toEqual(["same", "changed", "same", "added"]);
  const changed = rows[1];
  if (changed?.kind !== "changed") throw new Error("the second line has changed");
  expect(changed.before.pieces.filter(({ isMarked }) => isMarked).map(({ text }) => text)).toEqual(["10"]);
  expect([changed.before.number, changed.after.number]).toEqual([2, 2]);
  expect(describeDiff(rows)).toBe("1 line changed, 1 added");
});

test("says that two texts are the same, whether or not their last line is ended", () => {
  expect(describeDiff(diffRows("a\nb\n", "a\nb"))).toBe("Both are the same.");
  expect(diffRows("", "")).toEqual([]);
});

test("folds what is far from any change, and counts it", () => {
  const before = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const after = before.with(20, "another");
  const rows = foldSame(diffRows(before.join("\n"), after.join("\n")));
  expect(rows.map((row) => (row.kind === "fold" ? row.count : row.kind))).toEqual([
    17,
    "same",
    "same",
    "same",
    "changed",
    "same",
    "same",
    "same",
    16,
  ]);
});

test("loses no line and keeps every line in its order, whatever the texts", () => {
  const lines = array(constantFrom("a", "b", "c", "longer line", ""), { minLength: 1, maxLength: 12 });
  assert(
    property(lines, lines, (before, after) => {
      const rows = diffRows(`${before.join("\n")}\n`, `${after.join("\n")}\n`);
      const left = rows.flatMap((row) => (row.kind === "fold" || row.before === null ? [] : [textOf(row.before)]));
      const right = rows.flatMap((row) => (row.kind === "fold" || row.after === null ? [] : [textOf(row.after)]));
      expect(left).toEqual(before);
      expect(right).toEqual(after);
    }),
  );
});

test("gives up on comparing texts that have nothing in common, and shows both", () => {
  const long = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word}${index}`).join("\n");
  const rows = diffRows(long("a"), long("b"));
  expect(rows).toHaveLength(5000);
  expect(rows.every(({ kind }) => kind === "changed")).toBe(true);
});
