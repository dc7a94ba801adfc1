// What the page asks, as its address says it: over which time, narrowed to what.
import { rangeToMs } from "../../components/inputs/range/range-to-ms.ts";
import { type Dimension, dimensions, NONE } from "./dimensions.ts";
import { type CostSearch, figureIn } from "./search.ts";

export interface Stretch {
  since_ms: number;
  until_ms: number;
}

/** Months begin and end by UTC, as they do for the API. */
export function stretchOf({ range, from, to }: CostSearch, nowMs: number): Stretch {
  if (range === undefined) return { since_ms: monthStart(nowMs, 0), until_ms: nowMs };
  if (range === "last-month") return { since_ms: monthStart(nowMs, -1), until_ms: monthStart(nowMs, 0) };
  const { fromMs, toMs } = rangeToMs({ range, from: figureIn(from), to: figureIn(to) }, nowMs);
  return { since_ms: fromMs, until_ms: toMs };
}

export function monthStart(nowMs: number, months: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1);
}

export type Where = Partial<Record<Dimension, string>>;

/** As the API takes it: nothing for "has none". */
export function whereOf(search: CostSearch): Where {
  const where: Where = {};
  for (const dimension of dimensions) {
    const value = search[dimension];
    if (value !== undefined) where[dimension] = value === NONE ? "" : value;
  }
  return where;
}

/** The values of the address without those of dimensions: for going to a view that is not narrowed. */
export function narrowedTo(search: CostSearch): { dimension: Dimension; value: string }[] {
  return dimensions.flatMap((dimension) => {
    const value = search[dimension];
    return value === undefined ? [] : [{ dimension, value }];
  });
}
