// Which columns fit into the room that a table has: the least important go first; where even the important ones do not
// fit side by side, each row takes two lines.
import { type Column, trackOf } from "./column.ts";

export interface Layout<Row> {
  columns: readonly Column<Row>[];
  isStacked: boolean;
}

/** Below this a row of two lines reads better than a row that lacks its second-rank columns. */
const stackedBelowRem = 44;
const gapRem = 0.875;
const edgesRem = 2;

/** `extraRem` is what else stands in a row: the box to select it, its actions. */
export function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  widthRem: number,
  extraRem: number = 0,
): Layout<Row> {
  // Not measured yet: the widest layout, which is what most will see.
  if (widthRem === 0) return { columns, isStacked: false };
  const room = widthRem - edgesRem - extraRem;
  const useful = dropUntilFits(columns, 3, room);
  if (leastRem(useful) <= room) return { columns: useful, isStacked: false };
  if (widthRem < stackedBelowRem) return { columns: useful, isStacked: true };
  const needed = dropUntilFits(useful, 2, room);
  return { columns: needed, isStacked: leastRem(needed) > room };
}

/** Where there is no heading: what leads a row, the figure across from it, and what goes below, the most important first. */
export function stackColumns<Row>(columns: readonly Column<Row>[]): {
  lead: Column<Row> | undefined;
  figure: Column<Row> | undefined;
  below: readonly Column<Row>[];
} {
  const lead = columns[0];
  const rest = columns.slice(1);
  const figure = rest.findLast((column) => column.align === "end" && column.priority === 1) ?? rest.findLast(isFigure);
  const below = rest.filter((column) => column !== figure);
  return { lead, figure, below: below.toSorted((one, other) => priorityOf(one, columns) - priorityOf(other, columns)) };
}

function isFigure<Row>({ align }: Column<Row>): boolean {
  return align === "end";
}

function dropUntilFits<Row>(columns: readonly Column<Row>[], priority: number, room: number): readonly Column<Row>[] {
  let kept = columns;
  while (leastRem(kept) > room) {
    const last = kept.findLast((column) => priorityOf(column, columns) === priority);
    if (last === undefined) return kept;
    kept = kept.filter((column) => column !== last);
  }
  return kept;
}

function priorityOf<Row>(column: Column<Row>, columns: readonly Column<Row>[]): number {
  return column.priority ?? (column === columns[0] ? 1 : 2);
}

/** The least room that the columns need side by side. */
function leastRem<Row>(columns: readonly Column<Row>[]): number {
  const gaps = Math.max(0, columns.length - 1) * gapRem;
  return columns.reduce((sum, column) => sum + leastTrackRem(trackOf(column)), gaps);
}

function leastTrackRem(track: string): number {
  const [, size, unit] = /([\d.]+)(rem|px|ch)/.exec(track) ?? [];
  if (size === undefined) return 6;
  return Number(size) / (unit === "px" ? 16 : unit === "ch" ? 2 : 1);
}
