import { describe, expect, test } from "bun:test";
import { drills } from "../catalogue.ts";
import type { DrillResult } from "../drill.ts";
import { createReport, formatFigure, renderTable } from "./report.ts";

function report(result: DrillResult): { told: string; last: Record<string, unknown> } {
  const [drill] = drills;
  if (!drill) throw new Error("there is no drill");
  let told = "";
  let concluded = "";
  createReport(
    { drill, options: {}, seed: 7 },
    { tell: (text) => void (told += text), conclude: (line) => void (concluded += line) },
  ).end(result);
  expect(concluded.endsWith("}\n")).toBe(true);
  return { told, last: JSON.parse(concluded) as Record<string, unknown> };
}

describe("the report", () => {
  test("ends with the figures as one line of JSON", () => {
    const { last } = report({ checks: [{ that: "it floats", holds: true, found: "yes" }], figures: { leaks: 0 } });
    expect(last).toEqual({ drill: "crash", ok: true, seed: 7, leaks: 0, broken: [] });
  });

  test("says it did not hold when one check does not", () => {
    const { told, last } = report({
      checks: [
        { that: "it floats", holds: true, found: "yes" },
        { that: "it is dry", holds: false, found: "3 leaks" },
      ],
      figures: {},
    });
    expect(last).toEqual({ drill: "crash", ok: false, seed: 7, broken: ["it is dry: 3 leaks"] });
    expect(told).toContain("BROKEN");
    expect(told).toContain("It did NOT hold.");
  });
});

test("a table has its columns one below the other", () => {
  expect(
    renderTable([
      ["a", "bb"],
      ["ccc", "d"],
    ]),
  ).toBe("  a    bb\n  ccc  d\n");
});

test("figures are shown in the unit that their name ends in", () => {
  expect(formatFigure("away_ms", 1500)).toBe("1.5 s");
  expect(formatFigure("peak_bytes", 3 * 2 ** 20)).toBe("3.0 MiB");
  expect(formatFigure("calls", 12_345)).toBe("12,345");
  expect(formatFigure("p99_ms", null)).toBe("–");
});
