// What a column of a table is: its heading, its place, its cells.
import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  head: string;
  /** Drawn in the heading in place of its words, which are still read out: an axis. */
  scale?: ReactNode;
  /** Stands in the heading, and beside the figure where there is no heading. */
  unit?: string;
  /** Figures stand at the end, so that they line up. */
  align?: "start" | "end";
  /** A CSS grid track: `6rem`, `minmax(9rem, 2fr)`. */
  width?: string;
  /** 3 goes first where there is little room, then 2; 1 always stays. The first column is 1, the others are 2. */
  priority?: 1 | 2 | 3;
  cell(row: Row): ReactNode;
  /** Sorts in the page. Where the server sorts, give `sortKey` and the table's `onSort`. */
  sort?(a: Row, b: Row): number;
  sortKey?: string;
}

export interface Sort {
  /** A column's `sortKey`, or its `id`. */
  by: string;
  descending: boolean;
}

/** What a column is called in a `Sort`. */
export function sortName<Row>({ id, sortKey }: Column<Row>): string {
  return sortKey ?? id;
}

export function isSortable<Row>(column: Column<Row>): boolean {
  return column.sort !== undefined || column.sortKey !== undefined;
}

/** The track of a column that names none. */
export function trackOf<Row>({ width, align }: Column<Row>): string {
  return width ?? (align === "end" ? "6rem" : "minmax(7rem, 1fr)");
}
