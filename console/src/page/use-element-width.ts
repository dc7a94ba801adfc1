// How wide an element is, in rem: layouts depend on the room that a part has, and on the reader's text size.
import { type RefObject, useLayoutEffect, useState } from "react";

/** Zero until measured. `rem` is one rem in pixels. */
export function useElementWidth(ref: RefObject<HTMLElement | null>): { widthRem: number; rem: number } {
  const [measure, setMeasure] = useState({ widthRem: 0, rem: 16 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const take = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setMeasure({ widthRem: element.clientWidth / rem, rem });
    };
    take();
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return measure;
}
