// Holds what the reader looks at in its place while new rows come in above it. At the top there is nothing to hold: there
// the newest is what one wants to see.
import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";

interface Anchored {
  keys: readonly string[];
  rowHeight: number;
  /** Told how many rows are above the first one in view. Stays the same from drawing to drawing. */
  onAbove?: (rows: number) => void;
}

export function useAnchoredScroll(
  scroller: RefObject<HTMLElement | null>,
  { keys, rowHeight, onAbove }: Anchored,
): void {
  const anchor = useRef<{ key: string; index: number } | null>(null);

  const note = useCallback(() => {
    const index = Math.floor(((scroller.current?.scrollTop ?? 0) + 1) / rowHeight);
    const key = keys[index];
    anchor.current = index === 0 || key === undefined ? null : { key, index };
    onAbove?.(anchor.current === null ? 0 : index);
  }, [scroller, keys, rowHeight, onAbove]);

  useLayoutEffect(() => {
    const held = anchor.current;
    if (held !== null && scroller.current !== null) {
      const index = keys.indexOf(held.key);
      if (index >= 0 && index !== held.index) scroller.current.scrollTop += (index - held.index) * rowHeight;
    }
    note();
  }, [scroller, keys, rowHeight, note]);

  useLayoutEffect(() => {
    const element = scroller.current;
    element?.addEventListener("scroll", note, { passive: true });
    return () => element?.removeEventListener("scroll", note);
  }, [scroller, note]);
}
