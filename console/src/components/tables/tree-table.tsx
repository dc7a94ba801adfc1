// A table whose rows stand below one another: directories, traces. ← and → close and open, and go to the parent and back.
import { useCallback, useMemo, useState } from "react";
import type { GridProps } from "./grid/grid-source.ts";
import { TableGrid } from "./grid/table-grid.tsx";
import { flattenTree } from "./tree/flatten-tree.ts";

export type TreeTableProps<Row> = Omit<GridProps<Row>, "sort" | "onSort" | "rows"> & {
  /** The rows at the top. */
  roots: readonly Row[];
  childrenOf(row: Row): readonly Row[];
  /** Which rows are open. Without it the table keeps that itself. */
  expanded?: ReadonlySet<string>;
  onExpand?: (keys: ReadonlySet<string>) => void;
  /** Where the table keeps it itself: how many levels are open at first; all of them unless told. */
  openLevels?: number;
};

export function TreeTable<Row>(props: TreeTableProps<Row>) {
  const { roots, childrenOf, expanded, onExpand, openLevels = Infinity, ...rest } = props;
  const { rowKey } = rest;
  // What the reader did; where nothing was done, the level decides.
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map());
  const nodes = useMemo(
    () =>
      flattenTree(roots, {
        keyOf: rowKey,
        childrenOf,
        isExpanded: (key, depth) => expanded?.has(key) ?? choices.get(key) ?? depth < openLevels,
      }),
    [roots, rowKey, childrenOf, expanded, choices, openLevels],
  );
  const rows = useMemo(() => nodes.map(({ row }) => row), [nodes]);
  const byRow = useMemo(() => new Map(nodes.map((node) => [node.row, node])), [nodes]);
  const setExpanded = useCallback(
    (key: string, isExpanded: boolean) => {
      if (expanded === undefined) setChoices((before) => new Map(before).set(key, isExpanded));
      else onExpand?.(isExpanded ? expanded.union(new Set([key])) : expanded.difference(new Set([key])));
    },
    [expanded, onExpand],
  );
  const tree = useMemo(() => ({ nodeOf: (row: Row) => byRow.get(row), setExpanded }), [byRow, setExpanded]);
  return <TableGrid {...rest} rows={rows} tree={tree} />;
}
