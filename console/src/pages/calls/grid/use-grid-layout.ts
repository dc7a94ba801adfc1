// Which of the three layouts fits the list's own width, and how high its rows are then, in pixels of the reader's text size.
import type { RefObject } from "react";
import { useElementWidth } from "../../../page/use-element-width.ts";

export interface GridMeasure {
  layout: "wide" | "medium" | "stacked";
  rowHeight: number;
  headHeight: number;
}

const mediumFromRem = 54;
const wideFromRem = 78;

export function useGridLayout(ref: RefObject<HTMLElement | null>): GridMeasure {
  const { widthRem, rem } = useElementWidth(ref);
  if (widthRem < mediumFromRem) return { layout: "stacked", rowHeight: 3.375 * rem, headHeight: 0 };
  return { layout: widthRem < wideFromRem ? "medium" : "wide", rowHeight: 1.875 * rem, headHeight: 1.75 * rem };
}
