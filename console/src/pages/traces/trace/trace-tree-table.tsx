// The tree of a trace, on one time.
import { useCallback, useMemo } from "react";
import type { TraceNode } from "../../../../../src/ledger/contract.ts";
import { TreeTable } from "../../../components/tables/tree-table.tsx";
import { childrenIn } from "./trace-tree.ts";
import { treeColumns } from "./tree-columns.tsx";
import type { TraceView } from "./use-trace-view.ts";

const keyOf = ({ id }: TraceNode): string => id;

export function TraceTreeTable({ view, only }: { view: TraceView; only: "tree" | "timeline" | undefined }) {
  const { listed, found, counted, axis, expanded, setExpanded, open, goTo } = view;
  const columns = useMemo(
    () => treeColumns({ axis, counted, found: new Set(found.map(keyOf)), only }),
    [axis, counted, found, only],
  );
  const childrenOf = useCallback((node: TraceNode) => childrenIn(listed, node), [listed]);
  return (
    <TreeTable
      label="Records of the trace"
      fill
      roots={listed.roots}
      childrenOf={childrenOf}
      rowKey={keyOf}
      columns={columns}
      expanded={expanded}
      onExpand={setExpanded}
      openKey={open?.id ?? null}
      onOpen={(node, options) => goTo(node.id, options)}
      empty="No record of this trace is of that kind."
    />
  );
}
