// Mann and Kendall's test for a trend: whether values rise or fall with time, however they do so.
import { normalTail } from "../comparisons/normal.ts";
import { tiesOf } from "../samples/ranks.ts";
import { agreementOf } from "./kendall.ts";

export interface MannKendall {
  /** Pairs that rise, less those that fall. */
  s: number;
  /** Positive for a rise; corrected for ties and continuity. */
  z: number;
  /** Two-sided. */
  p: number;
}

/** In the order of time. */
export function mannKendall(values: readonly number[]): MannKendall {
  const length = values.length;
  const s = agreementOf([...values.keys()], values);
  const ties = tiesOf(values).reduce((sum, count) => sum + count * (count - 1) * (2 * count + 5), 0);
  const variance = (length * (length - 1) * (2 * length + 5) - ties) / 18;
  const z = s === 0 || variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, z, p: 2 * normalTail(Math.abs(z)) };
}
