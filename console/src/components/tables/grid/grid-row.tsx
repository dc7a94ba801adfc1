// One row. The whole of it opens what it stands for, but for the controls in it and for text that is being selected.
import { memo, type MouseEvent, type ReactNode } from "react";
import type { Column } from "../columns/column.ts";
import type { TreeNode } from "../tree/flatten-tree.ts";
import { TreeHandle } from "../tree/tree-handle.tsx";
import { GridCells } from "./grid-cells.tsx";
import type { RowActions } from "./grid-source.ts";

interface GridRowProps<Row> {
  row: Row;
  rowKey: string;
  id: string;
  /** Position in the whole list, from 0. */
  index: number;
  /** Null where rows stand in the flow of the page. */
  offset: number | null;
  height: number;
  template: string;
  columns: readonly Column<Row>[];
  isStacked: boolean;
  isGrid: boolean;
  isOpen: boolean;
  isCursor: boolean;
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined;
  /** How a row opens: by what the page does, by following its link, or not at all. */
  opens: "page" | "link" | null;
  href: string | undefined;
  node: TreeNode<Row> | undefined;
  actions: ((row: Row) => ReactNode) | undefined;
  on: RowActions;
}

const controls = "a, button, input, select, textarea, label, summary, [role=menuitem]";

function DrawnRow<Row>(props: GridRowProps<Row>) {
  const { row, rowKey, index, offset, height, isOpen, isCursor, isSelected, node, href, on } = props;
  const press = (event: MouseEvent): void => {
    on.point(rowKey);
    if (props.opens === null || !isPlainPress(event)) return;
    const control = event.target instanceof Element ? event.target.closest(controls) : null;
    const isOwnLink = control !== null && control.getAttribute("href") === href && href !== undefined;
    if (control !== null && event.currentTarget.contains(control) && !isOwnLink) return;
    if (isOwnLink && props.opens === "link") return;
    event.preventDefault();
    on.open(rowKey);
  };
  // The link has its own middle click; the rest of the row follows it.
  const pressOther = (event: MouseEvent): void => {
    if (event.button !== 1 || href === undefined) return;
    if (event.target instanceof Element && event.target.closest(controls) !== null) return;
    window.open(href, "_blank", "noopener");
  };
  const look = isOpen
    ? "bg-tide shadow-[inset_3px_0_0_var(--color-pen)]"
    : isCursor
      ? "bg-shoal shadow-[inset_3px_0_0_var(--color-pen)]"
      : isSelected === true
        ? "bg-shoal"
        : "hover:bg-shoal";
  const role = props.isGrid ? "gridcell" : "cell";
  return (
    <div
      role="row"
      id={props.id}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={isOpen ? "true" : undefined}
      aria-level={node === undefined ? undefined : node.depth + 1}
      aria-posinset={node?.position}
      aria-setsize={node?.siblingCount}
      aria-expanded={node === undefined || node.childCount === 0 ? undefined : node.isExpanded}
      onClick={press}
      onAuxClick={pressOther}
      className={`grid items-center gap-x-3.5 border-b border-line px-4 [&_:focus-visible]:-outline-offset-2 ${props.opens !== null ? "cursor-pointer" : ""} ${offset === null ? "scroll-mt-8" : "absolute inset-x-0 top-0 [contain:layout_style]"} ${look}`}
      style={{
        gridTemplateColumns: props.template,
        height,
        transform: offset === null ? undefined : `translateY(${offset}px)`,
      }}
    >
      {isSelected !== undefined && (
        <div role={role} className="-ml-1 flex">
          <label className="grid size-6 place-content-center">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`Select row ${index + 1}`}
              checked={isSelected}
              onChange={(event) =>
                on.select(rowKey, "shiftKey" in event.nativeEvent && event.nativeEvent.shiftKey === true)
              }
            />
          </label>
        </div>
      )}
      <GridCells
        row={row}
        columns={props.columns}
        isStacked={props.isStacked}
        role={role}
        href={href}
        lead={node === undefined ? null : <TreeHandle node={node} on={on} />}
      />
      {props.actions !== undefined && (
        <div role={role} className="flex justify-end gap-1">
          {props.actions(row)}
        </div>
      )}
    </div>
  );
}

/** Another button or a modifier is the browser's own way to open a link. */
function isPlainPress(event: MouseEvent): boolean {
  return !event.metaKey && !event.ctrlKey && !event.shiftKey && getSelection()?.isCollapsed !== false;
}

// memo() forgets that the component is generic.
export const GridRow = memo(DrawnRow) as typeof DrawnRow;
