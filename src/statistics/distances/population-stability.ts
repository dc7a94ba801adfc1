// The population stability index of two lists of shares, and how large it is by chance alone: for n and m samples in B bins
// it is distributed as (1/n + 1/m) times χ² with B − 1 degrees of freedom (Yurdakul and Naranjo 2020).
import quantile from "@stdlib/stats-base-dists-chisquare-quantile";

/** Shares below `floor` count as it. */
export function populationStability(expected: readonly number[], found: readonly number[], floor = 1e-4): number {
  return expected.reduce((sum, each, place) => {
    const [before, now] = [Math.max(each, floor), Math.max(found[place] ?? 0, floor)];
    return sum + (now - before) * Math.log(now / before);
  }, 0);
}

/** What the index stays below in `confidence` of all cases where nothing has changed. */
export function populationStabilityCritical(
  { expected, found, bins }: { expected: number; found: number; bins: number },
  confidence = 0.95,
): number {
  return (1 / expected + 1 / found) * quantile(confidence, bins - 1);
}
