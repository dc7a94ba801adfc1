// A table of anything: sorted by its headings, moved in by keys, opened by a row, long or short.
import { useMemo, useState } from "react";
import type { Sort } from "./columns/column.ts";
import { sortRows } from "./columns/sort-rows.ts";
import type { GridProps } from "./grid/grid-source.ts";
import { TableGrid } from "./grid/table-grid.tsx";

export type { Column, Sort } from "./columns/column.ts";
export type DataTableProps<Row> = GridProps<Row> & {
  /** How it is sorted at first, where the page does not keep that itself. */
  sortFirst?: Sort;
};

/** Without `onSort` the table keeps its order itself and sorts what it has. */
export function DataTable<Row>({ sortFirst, ...props }: DataTableProps<Row>) {
  const [own, setOwn] = useState<Sort | null>(sortFirst ?? null);
  const sort = props.onSort === undefined ? own : (props.sort ?? null);
  const { rows, columns } = props;
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  return <TableGrid {...props} rows={sorted} sort={sort} onSort={props.onSort ?? setOwn} />;
}
