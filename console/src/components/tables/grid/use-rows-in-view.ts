// Which rows are drawn: all of a short list, of a long one those in view.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";

interface RowsInView {
  /** `offset` from the first row, null where rows stand in the flow of the page. */
  items: readonly { index: number; offset: number | null }[];
  height: number | undefined;
  scrollTo(index: number): void;
}

interface Measures {
  count: number;
  rowHeight: number;
  headHeight: number;
  isVirtual: boolean;
  idOf(index: number): string;
}

export function useRowsInView(scroller: RefObject<HTMLElement | null>, measures: Measures): RowsInView {
  const { count, rowHeight, headHeight, isVirtual, idOf } = measures;
  const virtual = useVirtualizer({
    count,
    enabled: isVirtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // Drawn with the next frame, not within the event: a fast wheel sends several of those a frame.
    useFlushSync: false,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    // A guess for the first drawing, so that there are rows before anything is measured.
    initialRect: { width: 0, height: 800 },
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight, headHeight]);
  if (!isVirtual)
    return {
      items: Array.from({ length: count }, (_, index) => ({ index, offset: null })),
      height: undefined,
      scrollTo: (index) => document.getElementById(idOf(index))?.scrollIntoView({ block: "nearest" }),
    };
  return {
    items: virtual.getVirtualItems().map(({ index, start }) => ({ index, offset: start - headHeight })),
    height: virtual.getTotalSize(),
    scrollTo: (index) => virtual.scrollToIndex(index, { align: "auto" }),
  };
}
