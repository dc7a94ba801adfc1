// `1,2,10`: how many times today's traffic.
import { observabilityErrors } from "../../errors.ts";

const FIGURES_MAX = 10;
const TIMES_MAX = 1_000_000;

/** Throws `observability.bad_traffic`. */
export function readTraffic(text: string): number[] {
  const figures = text.split(",").map((each) => (/^\s*\d+(\.\d+)?\s*$/.test(each) ? Number(each) : Number.NaN));
  const isGood = figures.length <= FIGURES_MAX && figures.every((times) => times >= 0 && times <= TIMES_MAX);
  if (!isGood) throw observabilityErrors.bad_traffic({ given: text.slice(0, 100), max: FIGURES_MAX });
  return figures;
}
