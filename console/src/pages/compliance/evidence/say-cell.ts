// A fact or a cell of evidence as text.
import type { Cell } from "../../../../../src/compliance/contract.ts";
import { formatCount } from "../../../format/figures.ts";

export function sayCell(value: Cell): string {
  if (value === null) return "–";
  return typeof value === "number" ? formatCount(value) : value;
}
