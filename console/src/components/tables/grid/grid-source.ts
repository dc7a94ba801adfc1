// What the drawn grid is told by the tables that use it.
import type { ReactNode } from "react";
import type { Problem } from "../../../api/explain-error.ts";
import type { Column, Sort } from "../columns/column.ts";
import type { TreeNode } from "../tree/flatten-tree.ts";

export interface GridProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  rows: readonly Row[];
  rowKey(row: Row): string;
  columns: readonly Column<Row>[];
  /** Where a row leads: its first cell is then a link, which also opens in a new tab. */
  hrefOf?: ((row: Row) => string) | undefined;
  /** Opens a row in this page. `replace`: the cursor moved on while another was open, so no step belongs in the history. */
  onOpen?: ((row: Row, options: { replace: boolean }) => void) | undefined;
  /** The row that is open beside the list. */
  openKey?: string | null | undefined;
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((keys: ReadonlySet<string>) => void) | undefined;
  /** At the end of each row: a `Menu`, or a button or two. */
  actions?: ((row: Row) => ReactNode) | undefined;
  /** A CSS length; 2.5rem unless told. */
  actionsWidth?: string | undefined;
  sort?: Sort | null | undefined;
  onSort?: ((sort: Sort) => void) | undefined;
  /** What stands after the last row. */
  foot?: ReactNode;
  /** What stands in the place of rows when there are none. */
  empty?: ReactNode;
  loading?: boolean | undefined;
  problem?: Problem | null | undefined;
  /** Rows of 30 px, or of 40 px for those with buttons in them. */
  density?: "dense" | "roomy" | undefined;
  /** Takes the whole height of its parent (a flex column) and scrolls in itself. Otherwise as high as its rows. */
  fill?: boolean | undefined;
  /** Asked when the reader comes near the last row. */
  onEnd?: (() => void) | undefined;
}

/** What makes a grid a tree. */
export interface GridTree<Row> {
  nodeOf(row: Row): TreeNode<Row> | undefined;
  setExpanded(key: string, isExpanded: boolean): void;
}

/** What a row can be asked for. Stays the same object from one drawing to the next, so that rows need not be drawn again. */
export interface RowActions {
  open(key: string): void;
  /** Puts the cursor on a row. */
  point(key: string): void;
  select(key: string, isRange: boolean): void;
  setExpanded(key: string, isExpanded: boolean): void;
}
