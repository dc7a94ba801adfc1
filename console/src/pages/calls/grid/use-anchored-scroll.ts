// Holds what the reader looks at in its place while new rows come in above it. At the top there is nothing to hold: there
// the newest is what one wants to see.
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { Row } from "../feed/call-list.ts";

/** How many rows are above the first one in view. */
export function useAnchoredScroll(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  rowHeight: number,
): number {
  const anchor = useRef<{ id: string; index: number } | null>(null);
  const [above, setAbove] = useState(0);

  const note = useCallback(() => {
    const index = Math.floor(((scroller.current?.scrollTop ?? 0) + 1) / rowHeight);
    const row = rows[index];
    anchor.current = index === 0 || row === undefined ? null : { id: row.call.id, index };
    setAbove(anchor.current === null ? 0 : index);
  }, [scroller, rows, rowHeight]);

  useLayoutEffect(() => {
    const held = anchor.current;
    if (held !== null && scroller.current !== null) {
      const index = rows.findIndex((row) => row.call.id === held.id);
      if (index >= 0) scroller.current.scrollTop += (index - held.index) * rowHeight;
    }
    note();
  }, [scroller, rows, rowHeight, note]);

  useLayoutEffect(() => {
    const element = scroller.current;
    element?.addEventListener("scroll", note, { passive: true });
    return () => element?.removeEventListener("scroll", note);
  }, [scroller, note]);

  return above;
}
