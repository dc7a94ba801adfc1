// The golden matrix holds: the drill in small words. And the drill can fail.
import { describe, expect, test } from "bun:test";
import { hasCassettes } from "../../test/support/cassettes.ts";
import { dialectNames } from "../../src/providers/index.ts";
import { allowedBy } from "./differences.ts";
import { differencesOf } from "./essence.ts";
import { crossDialect } from "./matrix.ts";
import { readRecordings } from "./recordings.ts";

const recordings = readRecordings(dialectNames);

describe.skipIf(!hasCassettes)("every recorded exchange", () => {
  test.each(dialectNames.map((to) => [to]))("is read and written in %s, and what differs has a reason", (to) => {
    const surprises = recordings.flatMap((recording) =>
      crossDialect(recording, to).flatMap((cell) =>
        cell.differences
          .filter((line) => !allowedBy(cell, line))
          .map((line) => `${recording.dialect} → ${to}, ${cell.side} of ${recording.name}: ${line}`),
      ),
    );
    expect(surprises).toEqual([]);
  });
});

test("a difference is told with its path and both values", () => {
  expect(differencesOf({ a: [{ b: 1 }], c: 2 }, { a: [{ b: 3 }], c: 2 })).toEqual(["a.0.b: 1 became 3"]);
  expect(differencesOf({ a: 1 }, {})).toEqual(["a: 1 became nothing"]);
  expect(differencesOf([1], [1])).toEqual([]);
});
