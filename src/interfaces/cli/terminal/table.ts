// Tables that line up by visible width and fit the terminal: columns that may shrink do, the widest first.
import { bold, cutLine, type Line, type Piece, widthOf } from "./style.ts";

export interface Column {
  title: string;
  align?: "right";
  /** The column may become this narrow when the terminal is. Others keep their width. */
  shrinksTo?: number;
  /** The column goes when shrinking is not enough; of several, the one with the lowest number first. */
  goes?: number;
}

export type Cell = Piece | Line;

const GAP = "  ";

/** A heading and a line for each row, none wider than `widthMax`. */
export function renderTable(columns: Column[], rows: Cell[][], widthMax: number): Line[] {
  const widths = fitColumns(columns, rows, widthMax);
  return [renderHeading(columns, widths), ...rows.map((row) => renderRow({ columns, widths, row }))].map((line) =>
    cutLine(line, widthMax),
  );
}

/** The rows alone, lined up; those cells that may shrink have a column that says so. */
export function alignRows(columns: Omit<Column, "title">[], rows: Cell[][], widthMax: number): Line[] {
  return renderTable(
    columns.map((column) => ({ title: "", ...column })),
    rows,
    widthMax,
  ).slice(1);
}

/** Widths of the columns, for rows that are printed one by one; 0 for a column that had to go. */
export function fitColumns(columns: Column[], rows: Cell[][], widthMax: number): number[] {
  const widths = columns.map((column, index) =>
    Math.max(widthOf([column.title]), ...rows.map((row) => widthOf(lineOf(row[index])))),
  );
  const narrowest = (): number[] => widths.map((width, index) => Math.min(width, columns[index]?.shrinksTo ?? width));
  const goers = [...columns.keys()].filter((index) => columns[index]?.goes !== undefined);
  goers.sort((a, b) => (columns[a]?.goes ?? 0) - (columns[b]?.goes ?? 0));
  for (const index of goers) if (totalOf(narrowest()) > widthMax) widths[index] = 0;
  while (totalOf(widths) > widthMax) {
    const widest = widestThatShrinks(columns, widths);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function totalOf(widths: number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + GAP.length * (shown.length - 1);
}

export function renderHeading(columns: Column[], widths: number[]): Line {
  return renderRow({ columns, widths, row: columns.map((column) => bold(column.title)) });
}

/** One row, each cell cut and padded to its column; nothing is padded after the last. */
export function renderRow({ columns, widths, row }: { columns: Column[]; widths: number[]; row: Cell[] }): Line {
  return columns.flatMap((column, index) => {
    const width = widths[index] ?? 0;
    if (width === 0) return [];
    const cell = cutLine(lineOf(row[index]), width);
    const padding = " ".repeat(width - widthOf(cell));
    const isLast = index === columns.length - 1;
    if (column.align === "right") return isLast ? [padding, ...cell] : [padding, ...cell, GAP];
    return isLast ? cell : [...cell, padding, GAP];
  });
}

function widestThatShrinks(columns: Column[], widths: number[]): number | undefined {
  let widest: number | undefined;
  columns.forEach(({ shrinksTo }, index) => {
    const width = widths[index] ?? 0;
    if (shrinksTo === undefined || width <= shrinksTo) return;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
  });
  return widest;
}

function lineOf(cell: Cell | undefined): Line {
  if (cell === undefined) return [];
  return typeof cell === "string" || "text" in cell ? [cell] : cell;
}
