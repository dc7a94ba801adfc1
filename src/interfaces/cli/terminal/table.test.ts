// Tables line up by what is seen, and fit.
import { describe, expect, test } from "bun:test";
import { dim, red, renderLine, widthOf } from "./style.ts";
import { type Cell, type Column, renderTable } from "./table.ts";

const columns: Column[] = [
  { title: "NAME", shrinksTo: 4 },
  { title: "WHY", shrinksTo: 4 },
  { title: "COST", align: "right" },
];

function plain(rows: Cell[][], widthMax = Number.POSITIVE_INFINITY): string[] {
  return renderTable(columns, rows, widthMax).map((line) => renderLine(line, false));
}

describe("a table", () => {
  test("lines up wide characters, combining marks and coloured cells", () => {
    const lines = plain([
      ["日本", red("no"), "$1"],
      ["e\u0301a", [dim("y"), "es"], "$10"],
    ]);
    expect(lines).toEqual(["NAME  WHY  COST", "日本  no     $1", "e\u0301a    yes   $10"]);
  });

  test("takes from the widest column that may shrink, and marks what it cut", () => {
    const lines = plain([["a-long-name-here", "because", "$0.000123"]], 26);
    expect(lines[1]).toBe("a-lon…  because  $0.000123");
    expect(lines.every((line) => widthOf([line]) <= 26)).toBe(true);
  });

  test("lets columns go in their order when shrinking is not enough", () => {
    const going = [{ title: "A" }, { title: "BBBB", goes: 2 }, { title: "CCCC", goes: 1 }, { title: "D" }];
    const headings = [16, 15, 9].map((width) => renderLine(renderTable(going, [], width)[0] ?? [], false));
    expect(headings).toEqual(["A  BBBB  CCCC  D", "A  BBBB  D", "A  D"]);
  });

  test("is never wider than the terminal, even where nothing may shrink further", () => {
    for (const width of [1, 2, 5, 10, 17, 30]) {
      const lines = renderTable(columns, [["日本語日本語日本語", "because of this", "$0.000123"]], width);
      expect(lines.map(widthOf).every((seen) => seen <= width)).toBe(true);
    }
  });

  test("does not cut inside a letter of two columns", () => {
    const [, row = []] = renderTable([{ title: "A", shrinksTo: 1 }], [["日本語"]], 4);
    expect(renderLine(row, false)).toBe("日…");
  });

  test("cannot be pushed out of line by escape sequences in a cell", () => {
    const [, first = "", second = ""] = plain([
      ["\u001b[31mab", "x", "$1"],
      ["ordinary", "x", "$1"],
    ]);
    expect(first.length).toBe(second.length);
    expect(first).not.toContain("\u001b");
  });
});
