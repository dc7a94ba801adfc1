// Welch's t: whether two samples have one mean, whatever their spreads. Two-sided.
import cdf from "@stdlib/stats-base-dists-t-cdf";
import { meanOf, varianceOf } from "../samples/moments.ts";

export interface Welch {
  t: number;
  degrees: number;
  p: number;
}

export function welch(one: readonly number[], other: readonly number[]): Welch {
  const [here, there] = [varianceOf(one) / one.length, varianceOf(other) / other.length];
  const t = (meanOf(one) - meanOf(other)) / Math.sqrt(here + there);
  const degrees = (here + there) ** 2 / (here ** 2 / (one.length - 1) + there ** 2 / (other.length - 1));
  return { t, degrees, p: 2 * cdf(-Math.abs(t), degrees) };
}
