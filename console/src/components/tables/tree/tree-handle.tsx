// What stands before the name of a row in a tree: how deep it is, and whether it is open.
import type { RowActions } from "../grid/grid-source.ts";
import type { TreeNode } from "./flatten-tree.ts";

/** Beyond this depth, or two fifths of the column, rows no longer move to the right: names need room. The level is still read out. */
const deepestIndent = 12;

export function TreeHandle<Row>({ node, on }: { node: TreeNode<Row>; on: RowActions }) {
  const { key, depth, childCount, isExpanded } = node;
  const indent = `min(${Math.min(depth, deepestIndent)}rem, 40%)`;
  return (
    <span className="flex shrink-0 items-center" style={{ paddingLeft: indent }}>
      {childCount === 0 ? (
        <span className="w-6" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-label={isExpanded ? "Close" : "Open"}
          onClick={() => on.setExpanded(key, !isExpanded)}
          className="grid size-6 place-content-center rounded-md text-soft hover:bg-tide hover:text-ink"
        >
          <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true" className={isExpanded ? "rotate-90" : ""}>
            <path d="m4 1.5 4.5 4.5L4 10.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
          </svg>
        </button>
      )}
    </span>
  );
}
