// Rows in the order of a column, and what a press on a heading asks for.
import { type Column, type Sort, sortName } from "./column.ts";

/** A column that cannot be sorted here leaves the rows as they came: the server has sorted them. Equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const column = columns.find((each) => sort !== null && sortName(each) === sort.by);
  const compare = column?.sort;
  if (sort === null || compare === undefined) return rows;
  return rows.toSorted(sort.descending ? (a, b) => compare(b, a) : compare);
}

/** Figures fall first, since the largest are looked for; words rise first. Another press turns the order round. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | null): Sort {
  const by = sortName(column);
  if (sort?.by === by) return { by, descending: !sort.descending };
  return { by, descending: column.align === "end" };
}
