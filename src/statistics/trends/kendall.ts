// Kendall's tau-b: how far two lists go up and down together. Two-sided; exact for up to 33 values without equals.
import { normalTail } from "../comparisons/normal.ts";
import { tiesOf } from "../samples/ranks.ts";

export interface Kendall {
  tau: number;
  p: number;
}

const EXACT_LENGTH_MAX = 33;

export function kendall(one: readonly number[], other: readonly number[]): Kendall {
  const length = one.length;
  const pairs = (length * (length - 1)) / 2;
  const [oneTies, otherTies] = [tiesOf(one), tiesOf(other)];
  const excess = agreementOf(one, other);
  const tau = excess / Math.sqrt((pairs - pairsIn(oneTies)) * (pairs - pairsIn(otherTies)));
  if (oneTies.length === 0 && otherTies.length === 0 && length <= EXACT_LENGTH_MAX)
    return { tau, p: exactP((pairs - excess) / 2, length) };
  const z = excess / Math.sqrt(varianceWith(oneTies, otherTies, length));
  return { tau, p: Math.min(2 * normalTail(Math.abs(z)), 1) };
}

/** Pairs that go the same way, less those that do not. */
export function agreementOf(one: readonly number[], other: readonly number[]): number {
  let excess = 0;
  for (let late = 1; late < one.length; late += 1)
    for (let early = 0; early < late; early += 1)
      excess += Math.sign((one[late] ?? 0) - (one[early] ?? 0)) * Math.sign((other[late] ?? 0) - (other[early] ?? 0));
  return excess;
}

function pairsIn(ties: readonly number[]): number {
  return ties.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

function varianceWith(one: readonly number[], other: readonly number[], length: number): number {
  const ordered = length * (length - 1);
  const triples = (ties: readonly number[]): number =>
    ties.reduce((sum, count) => sum + count * (count - 1) * (count - 2), 0);
  const wide = (ties: readonly number[]): number =>
    ties.reduce((sum, count) => sum + count * (count - 1) * (2 * count + 5), 0);
  return (
    (ordered * (2 * length + 5) - wide(one) - wide(other)) / 18 +
    (2 * pairsIn(one) * pairsIn(other)) / ordered +
    (triples(one) * triples(other)) / (9 * ordered * (length - 2))
  );
}

/** Twice the share of all orders of `length` with so few pairs out of order, or so many. */
function exactP(discordant: number, length: number): number {
  const pairs = (length * (length - 1)) / 2;
  const most = Math.min(discordant, pairs - discordant);
  if (4 * most >= 2 * pairs) return 1;
  let shares = new Float64Array(most + 1);
  shares[0] = 1;
  for (let taken = 2; taken <= length; taken += 1) {
    const next = new Float64Array(most + 1);
    for (let out = 0; out <= most; out += 1)
      for (let by = 0; by < taken && by <= out; by += 1) next[out] = (next[out] ?? 0) + (shares[out - by] ?? 0) / taken;
    shares = next;
  }
  return Math.min(2 * shares.reduce((sum, each) => sum + each, 0), 1);
}
