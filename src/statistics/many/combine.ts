// Several probabilities as one: what none says alone, all may say together.
import { chiSquareTail } from "../comparisons/chi-square.ts";
import { normalFromTail, normalTail } from "../comparisons/normal.ts";

const TINIEST = 1e-300;

/** Fisher: strong where one of them is very small. */
export function combineByFisher(ps: readonly number[]): { statistic: number; p: number } {
  const statistic = -2 * ps.reduce((sum, p) => sum + Math.log(Math.max(p, TINIEST)), 0);
  return { statistic, p: chiSquareTail(statistic, 2 * ps.length) };
}

/** Stouffer: strong where all lean one way. One-sided probabilities; a weight each, all alike where left out. */
export function combineByStouffer(ps: readonly number[], weights?: readonly number[]): { z: number; p: number } {
  const weightOf = (place: number): number => weights?.[place] ?? 1;
  const sum = ps.reduce((total, p, place) => total + weightOf(place) * normalFromTail(p), 0);
  const z = sum / Math.sqrt(ps.reduce((total, _, place) => total + weightOf(place) ** 2, 0));
  return { z, p: normalTail(z) };
}
