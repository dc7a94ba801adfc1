// The drawn list behind DataTable and TreeTable. One tab stop; arrows, Home, End, Enter and Space work inside it. Beyond a
// hundred rows only those in view exist.
import { useEffect, useId, useMemo, useRef } from "react";
import { useAnchoredScroll } from "../../../page/use-anchored-scroll.ts";
import { useElementWidth } from "../../../page/use-element-width.ts";
import { Notice } from "../../parts/notice.tsx";
import { chooseColumns } from "../columns/choose-columns.ts";
import { isSortable, trackOf } from "../columns/column.ts";
import { GridHead } from "./grid-head.tsx";
import { GridRow } from "./grid-row.tsx";
import type { GridProps, GridTree } from "./grid-source.ts";
import { shareSelected } from "./select-rows.ts";
import { useCursor } from "./use-cursor.ts";
import { useGridActions } from "./use-grid-actions.ts";
import { listMark, useListKeys } from "./use-list-keys.ts";
import { useRowsInView } from "./use-rows-in-view.ts";

const virtualFrom = 100;
/** So many rows before the last one, more are asked for. */
const nearEnd = 20;
const rowRem = { dense: 1.875, roomy: 2.5, stacked: 3.375 };

export function TableGrid<Row>(props: GridProps<Row> & { tree?: GridTree<Row> | undefined }) {
  const { rows, rowKey, tree, fill = false, onEnd } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { layout, template, rowHeight, headHeight, isHeadless, isMeasured } = useGridLayout(props, scroller);
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const cursor = useCursor(keys, props.openKey ?? null);
  const opens = props.onOpen !== undefined ? "page" : props.hrefOf !== undefined ? "link" : null;
  const isGrid = opens !== null || props.onSelect !== undefined || tree !== undefined;
  const isVirtual = fill || rows.length > virtualFrom;
  const idOf = (index: number): string => `${id}-${index}`;
  const view = useRowsInView(scroller, { count: rows.length, rowHeight, headHeight, isVirtual, idOf });
  const { scrollTo } = view;
  // What is drawn before the width is known is drawn once more right after: of a long list that is too much to do twice.
  const items = isVirtual && !isMeasured ? [] : view.items;
  const actions = useGridActions({ props, tree, keys, cursor, scroller, rowHeight, scrollTo });
  useAnchoredScroll(scroller, { keys, rowHeight });
  useListKeys(isGrid);
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (isVirtual && rows.length > 0 && lastDrawn >= rows.length - nearEnd) onEnd?.();
  }, [isVirtual, lastDrawn, rows.length, onEnd]);
  useOpenInView(keys, props.openKey ?? null, scrollTo);
  const isDrawn = items.some(({ index }) => index === cursor.index);
  const { selected, onSelect } = props;
  const share = useMemo(
    () => (onSelect === undefined ? undefined : shareSelected(selected ?? new Set(), keys)),
    [onSelect, selected, keys],
  );
  return (
    <div className={fill ? "relative flex min-h-0 min-w-0 flex-1 flex-col" : "min-w-0"}>
      {props.problem !== null && props.problem !== undefined && (
        <div className="p-3">
          <Notice problem={props.problem} />
        </div>
      )}
      <div
        ref={scroller}
        role={tree !== undefined ? "treegrid" : isGrid ? "grid" : "table"}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-busy={props.loading === true ? true : undefined}
        aria-multiselectable={props.onSelect === undefined ? undefined : true}
        aria-activedescendant={isGrid && isDrawn ? idOf(cursor.index) : undefined}
        tabIndex={isGrid || isVirtual ? 0 : undefined}
        onKeyDown={isGrid ? actions.onKeyDown : undefined}
        onFocus={(event) => {
          if (isGrid && event.target === event.currentTarget) actions.onFocus();
        }}
        {...(isGrid ? { [listMark]: typeof props.openKey === "string" ? "open" : "" } : {})}
        className={`group/list relative bg-sheet [overflow-anchor:none] focus-visible:-outline-offset-2 ${
          fill ? (rows.length === 0 ? "shrink-0" : "min-h-0 flex-1") : isVirtual ? "max-h-[75dvh]" : ""
        } ${isVirtual ? "overflow-x-hidden overflow-y-auto" : ""}`}
      >
        <div role="rowgroup" className="sticky top-0 z-2">
          <GridHead
            columns={layout.columns}
            template={template}
            isStacked={layout.isStacked}
            isHidden={isHeadless}
            sort={props.sort ?? null}
            onSort={isHeadless ? undefined : props.onSort}
            share={isHeadless ? undefined : share}
            onSelectAll={actions.selectAll}
            hasActions={props.actions !== undefined}
          />
        </div>
        <div role="rowgroup" className="relative" style={{ height: view.height }}>
          {items.map(({ index, offset }) => {
            const row = rows[index];
            const key = keys[index];
            if (row === undefined || key === undefined) return null;
            return (
              <GridRow
                key={key}
                row={row}
                rowKey={key}
                id={idOf(index)}
                index={index}
                offset={offset}
                height={rowHeight}
                template={template}
                columns={layout.columns}
                isStacked={layout.isStacked}
                isGrid={isGrid}
                isOpen={key === props.openKey}
                isCursor={index === cursor.index}
                isSelected={props.onSelect === undefined ? undefined : (props.selected?.has(key) ?? false)}
                opens={opens}
                href={props.hrefOf?.(row)}
                node={tree?.nodeOf(row)}
                actions={props.actions}
                on={actions.on}
              />
            );
          })}
        </div>
        {rows.length > 0 && props.foot !== undefined && props.foot !== null && (
          <div role="presentation">{props.foot}</div>
        )}
      </div>
      {rows.length === 0 && <InPlaceOfRows {...props} />}
    </div>
  );
}

/** Brings the row that is opened into view, from wherever it is opened; once, so that nothing jumps when rows come in later. */
function useOpenInView(keys: readonly string[], openKey: string | null, scrollTo: (index: number) => void): void {
  const shown = useRef<string | null>(null);
  const index = useMemo(() => (openKey === null ? -1 : keys.indexOf(openKey)), [keys, openKey]);
  useEffect(() => {
    if (openKey === shown.current || (openKey !== null && index < 0)) return;
    shown.current = openKey;
    if (openKey !== null) scrollTo(index);
  });
}

/** Outside the grid, which may hold nothing but rows. */
function InPlaceOfRows<Row>({ loading, problem, empty, fill = false }: GridProps<Row>) {
  const look = `bg-sheet px-4 text-soft ${fill ? "min-h-0 flex-1 overflow-y-auto" : ""}`;
  if (loading === true)
    return (
      <p aria-busy="true" className={`${look} py-3`}>
        Loading.
      </p>
    );
  if (problem !== null && problem !== undefined) return null;
  return <div className={`${look} py-6`}>{empty ?? "Nothing here."}</div>;
}

function useGridLayout<Row>(props: GridProps<Row>, scroller: React.RefObject<HTMLElement | null>) {
  const { columns, onSelect, actions, actionsWidth = "2.5rem", density = "dense" } = props;
  const isEmpty = props.rows.length === 0 && props.loading !== true;
  const { widthRem, rem } = useElementWidth(scroller);
  return useMemo(() => {
    const selects = onSelect !== undefined;
    const acts = actions !== undefined;
    const extraRem = (selects ? 2.5 : 0) + (acts ? Number.parseFloat(actionsWidth) + 0.875 : 0);
    const layout = chooseColumns(columns, widthRem, extraRem);
    const middle = layout.isStacked ? ["minmax(0, 1fr)"] : layout.columns.map(trackOf);
    const template = [...(selects ? ["1.5rem"] : []), ...middle, ...(acts ? [actionsWidth] : [])].join(" ");
    const isHeadless = layout.isStacked && (isEmpty || (!selects && !columns.some(isSortable)));
    // With nothing to put on a second line there is none.
    const isTall = layout.isStacked && layout.columns.length > 2;
    return {
      layout,
      template,
      rowHeight: rowRem[isTall ? "stacked" : density] * rem,
      isHeadless,
      isMeasured: widthRem > 0,
      headHeight: isHeadless ? 0 : 1.75 * rem,
    };
  }, [columns, onSelect, actions, actionsWidth, density, widthRem, rem, isEmpty]);
}
