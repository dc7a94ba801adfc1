import { expect, test } from "bun:test";
import { chooseColumns, stackColumns } from "./choose-columns.ts";
import type { Column } from "./column.ts";

function columnOf(id: string, rest: Partial<Column<string>> = {}): Column<string> {
  return { id, head: id, width: "10rem", cell: (row) => row, ...rest };
}

const columns = [
  columnOf("name", { width: "minmax(10rem, 2fr)" }),
  columnOf("note", { priority: 3 }),
  columnOf("team"),
  columnOf("cost", { priority: 1, align: "end" }),
];
const idsAt = (widthRem: number): string[] => chooseColumns(columns, widthRem).columns.map(({ id }) => id);

test("shows every column where there is room, and before anything is measured", () => {
  expect(idsAt(46)).toEqual(["name", "note", "team", "cost"]);
  expect(idsAt(0)).toHaveLength(4);
});

test("leaves out the least important columns first, never those that matter", () => {
  const wide = columns.map((column) => ({ ...column, width: "20rem" }));
  expect(idsAt(44)).toEqual(["name", "team", "cost"]);
  expect(chooseColumns(wide, 50).columns.map(({ id }) => id)).toEqual(["name", "cost"]);
});

test("goes over to two lines a row on a phone rather than leave out what is of the second rank", () => {
  const layout = chooseColumns(columns, 24);
  expect(layout.isStacked).toBe(true);
  expect(layout.columns.map(({ id }) => id)).toEqual(["name", "team", "cost"]);
});

test("puts the name and the figure that matters on the first line, the rest below, the most important first", () => {
  const { lead, figure, below } = stackColumns(columns);
  expect([lead?.id, figure?.id, below.map(({ id }) => id)]).toEqual(["name", "cost", ["team", "note"]]);
});

test("counts the room of boxes and buttons too", () => {
  expect(chooseColumns(columns, 46, 4).columns).toHaveLength(3);
});
