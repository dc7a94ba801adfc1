import { describe, expect, test } from "bun:test";
import { describeTotals, failuresFrom, judge, namesPaths, totalsFromSummary } from "./run-tests.ts";

const summary = (lines: string): string =>
  `(pass) a [1ms]\n\n${lines} 3 expect() calls\nRan 9 tests across 2 files. [59.00ms]\n`;

describe("the last line of a test run", () => {
  test("counts what the runner counted", () => {
    const totals = totalsFromSummary(summary(" 12 pass\n 1 skip\n 2 todo\n 3 fail\n 1 error\n"));
    expect(totals).toEqual({ passed: 12, failed: 3, skipped: 3 });
  });

  test("is not taken in by a test's own output", () => {
    expect(totalsFromSummary(` 99 pass\n${summary(" 1 pass\n 0 fail\n")}`)).toEqual({
      passed: 1,
      failed: 0,
      skipped: 0,
    });
  });

  test("says skipped only where some were", () => {
    expect(describeTotals({ passed: 2, failed: 0, skipped: 0 })).toBe("2 passed, 0 failed");
    expect(describeTotals({ passed: 2, failed: 1, skipped: 3 })).toBe("2 passed, 1 failed, 3 skipped");
  });

  test("is a failure when the run broke off, ran nothing, or ended badly for another reason", () => {
    const fine = { passed: 2, failed: 0, skipped: 0 };
    expect(judge(fine, 0)).toEqual(fine);
    expect(judge(undefined, 0).failed).toBe(1);
    expect(judge({ ...fine, passed: 0 }, 0).failed).toBe(1);
    expect(judge(fine, 134).failed).toBe(1);
    expect(judge({ ...fine, failed: 4 }, 1).failed).toBe(4);
  });
});

test("all folders are run unless some are named", () => {
  expect(namesPaths([])).toBe(false);
  expect(namesPaths(["-t", "ids sort", "--bail"])).toBe(false);
  expect(namesPaths(["src/kernel", "-t", "ids"])).toBe(true);
});

test("what failed is named with its file, whether in colours or not", () => {
  const text = "src/a.test.ts:\n(pass) works\n\nsrc/b.test.ts:\n(fail) breaks [1.00ms]\n✗ breaks too\n";
  const failures = ["src/b.test.ts: (fail) breaks [1.00ms]", "src/b.test.ts: ✗ breaks too"];
  expect(failuresFrom(text)).toEqual(failures);
  expect(failuresFrom(`${text}\nsrc/c.test.ts:\n(pass) works\n\n2 tests failed:\n(fail) breaks [1.00ms]\n`)).toEqual(
    failures,
  );
});

test("what failed is followed by what it said, and not by what others said", () => {
  const text = [
    "src/a.test.ts:",
    "a word of the first",
    "(pass) works [1.00ms]",
    "12 | expect(1).toBe(2)",
    "",
    `error: expected 2 ${"!".repeat(1000)}`,
    "(fail) breaks [1.00ms]",
    "(pass) works too [1.00ms]",
  ];
  const [failure, frame, error, ...more] = failuresFrom(text.join("\n"));
  expect(failure).toBe("src/a.test.ts: (fail) breaks [1.00ms]");
  expect(frame).toBe("    12 | expect(1).toBe(2)");
  expect(error).toStartWith("    error: expected 2 !!!");
  expect(error?.length).toBeLessThan(400);
  expect(more).toEqual([]);
});
