// The list itself: only the rows in view exist. One tab stop; arrows, Home, End and Enter work inside it.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Row } from "../feed/call-list.ts";
import { useAnchoredScroll } from "../../../page/use-anchored-scroll.ts";
import { useNow } from "../../../page/use-now.ts";
import { CallRow, rowId } from "./call-row.tsx";
import { columnCount, GridHead } from "./grid-head.tsx";
import { useGridLayout } from "./use-grid-layout.ts";

export interface CallGridHandle {
  focus: () => void;
}

interface CallGridProps {
  rows: readonly Row[];
  cursorId: string | null;
  openId: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  /** Moves the cursor by so many rows, held at both ends. */
  onMove: (by: number) => void;
  /** Calls marked to be compared, at most two. */
  marked: readonly string[];
  onMark: (id: string) => void;
  /** The reader comes near the last row. */
  onEnd: () => void;
  /** What stands after the last row. */
  foot: ReactNode;
  ref: Ref<CallGridHandle>;
}

/** So many rows before the last one, older calls are asked for. */
const nearEnd = 20;
/** A row counts as new for as long as its highlight lasts. Where all of them are new, a highlight says nothing. */
const newMs = 1600;
const highlightedMost = 8;

export function CallGrid(props: CallGridProps) {
  const { rows, cursorId, openId, hrefOf, onOpen, onMove, marked, onMark, onEnd, foot, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { layout, rowHeight, headHeight } = useGridLayout(scroller);
  const nowMs = useNow(30_000);
  const keys = useMemo(() => rows.map((row) => row.call.id), [rows]);
  const [above, setAbove] = useState(0);
  useAnchoredScroll(scroller, { keys, rowHeight, onAbove: setAbove });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }));
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const cursorIndex = cursorId === null ? -1 : keys.indexOf(cursorId);
  useEffect(() => {
    if (cursorIndex >= 0) virtual.scrollToIndex(cursorIndex, { align: "auto" });
    // The index is left out: the list follows the cursor when it moves, not when rows come in above it.
  }, [cursorId]);
  const items = virtual.getVirtualItems();
  const isNew = (row: Row | undefined): boolean =>
    row !== undefined && row.arrivedAtMs !== null && Date.now() - row.arrivedAtMs < newMs;
  const highlights = items.filter(({ index }) => isNew(rows[index])).length <= highlightedMost;
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - nearEnd) onEnd();
  }, [lastDrawn, rows.length, onEnd]);
  const isDrawn = items.some((item) => item.index === cursorIndex);
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length }[
      event.key
    ];
    if (by !== undefined) onMove(by);
    else if (event.key === "Enter" && cursorId !== null) onOpen(cursorId);
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative min-h-0 flex-1">
      {above > 0 && (
        <button
          type="button"
          onClick={() => scroller.current?.scrollTo({ top: 0 })}
          className="absolute top-9 left-1/2 z-3 min-h-7 -translate-x-1/2 rounded-full bg-ink px-3 text-fine font-semibold text-sheet"
        >
          ↑ {above} newer
        </button>
      )}
      <div
        ref={scroller}
        role="grid"
        aria-label="Calls, newest first"
        aria-rowcount={rows.length + 2}
        aria-colcount={columnCount}
        aria-activedescendant={isDrawn && cursorId !== null ? rowId(cursorId) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        data-layout={layout}
        className="absolute inset-0 overflow-y-auto overflow-x-hidden bg-sheet [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <GridHead nowMs={nowMs} />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const { id } = row.call;
            return (
              <CallRow
                key={id}
                call={row.call}
                index={index}
                offset={start - headHeight}
                height={rowHeight}
                href={hrefOf(id)}
                state={id === openId ? "open" : id === cursorId ? "cursor" : "none"}
                isNew={highlights && isNew(row)}
                mark={marked[0] === id ? "A" : marked[1] === id ? "B" : null}
                todayMs={nowMs}
                onOpen={onOpen}
                onMark={onMark}
              />
            );
          })}
        </div>
        <div role="row">
          <div role="gridcell" aria-colspan={columnCount}>
            {foot}
          </div>
        </div>
      </div>
    </div>
  );
}
