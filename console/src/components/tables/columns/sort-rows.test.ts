import { expect, test } from "bun:test";
import type { Column } from "./column.ts";
import { nextSort, sortRows } from "./sort-rows.ts";

interface Row {
  name: string;
  calls: number;
}

const name: Column<Row> = {
  id: "name",
  head: "Name",
  cell: (row) => row.name,
  sort: (a, b) => a.name.localeCompare(b.name),
};
const calls: Column<Row> = {
  id: "calls",
  head: "Calls",
  align: "end",
  cell: (row) => row.calls,
  sort: (a, b) => a.calls - b.calls,
};
const distant: Column<Row> = { id: "cost", head: "Cost", cell: () => "", sortKey: "usd" };
const rows: Row[] = [
  { name: "b", calls: 1 },
  { name: "a", calls: 3 },
  { name: "c", calls: 1 },
];
const namesBy = (by: string, descending: boolean): string =>
  sortRows(rows, [name, calls, distant], { by, descending })
    .map((row) => row.name)
    .join("");

test("sorts by a column, either way, and keeps the order of equals", () => {
  expect([namesBy("name", false), namesBy("name", true)]).toEqual(["abc", "cba"]);
  expect([namesBy("calls", false), namesBy("calls", true)]).toEqual(["bca", "abc"]);
});

test("leaves alone what the server sorts, and what nobody sorted", () => {
  expect(namesBy("usd", true)).toBe("bac");
  expect(sortRows(rows, [name], null)).toBe(rows);
});

test("lets figures fall and words rise first, then turns round", () => {
  expect(nextSort(calls, null)).toEqual({ by: "calls", descending: true });
  expect(nextSort(calls, { by: "calls", descending: true })).toEqual({ by: "calls", descending: false });
  expect(nextSort(distant, { by: "calls", descending: true })).toEqual({ by: "usd", descending: false });
});
