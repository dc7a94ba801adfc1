// Where things stand on the dial of the Observability Boundary. Each signal has a bearing; how far out it stands is its lag as a
// part of its bound, by powers of ten, so that a thousandth and ten times the bound can both be read.
import type { SignalView } from "../../../../../src/observability/contract.ts";

export interface Place {
  x: number;
  y: number;
}

export const centre = 160;
/** From a thousandth of the bound, or less, to ten times it, or more. */
const inner = 26;
const outer = 118;
const leastPower = -3;
const mostPower = 1;

/** Of the ring where lag and bound are the same. */
export const boundRadius = radiusOf(1);

/** Distance from the centre, of a lag as a part of its bound. */
export function radiusOf(ratio: number): number {
  const power = Math.min(mostPower, Math.max(leastPower, Math.log10(Math.max(ratio, Number.MIN_VALUE))));
  return inner + ((power - leastPower) / (mostPower - leastPower)) * (outer - inner);
}

/** Degrees from north, clockwise, of the middle of a signal's sector. */
export const bearingOf = (index: number, count: number): number => (index * 360) / count;

export function placeAt(bearing: number, radius: number): Place {
  const angle = (bearing * Math.PI) / 180;
  return { x: centre + radius * Math.sin(angle), y: centre - radius * Math.cos(angle) };
}

/** The outline of a sector between two bearings, from the hub to a radius. */
export function sectorPath(from: number, to: number, radius: number): string {
  const [a, b, c, d] = [placeAt(from, 10), placeAt(from, radius), placeAt(to, radius), placeAt(to, 10)];
  const say = ({ x, y }: Place): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
  return `M${say(a)}L${say(b)}A${radius} ${radius} 0 0 1 ${say(c)}L${say(d)}A10 10 0 0 0 ${say(a)}Z`;
}

/** A lag as a part of its bound; null where nothing happened lately. */
export const ratioOf = ({ lag_ms: lag, bound_ms: bound }: SignalView): number | null =>
  lag === null ? null : lag / bound;

/** The signal that is nearest to its bound, or furthest past it. */
export function worstOf(signals: readonly SignalView[]): number | null {
  let worst: number | null = null;
  let highest = -1;
  for (const [index, signal] of signals.entries()) {
    const ratio = ratioOf(signal);
    if (ratio === null || ratio <= highest) continue;
    highest = ratio;
    worst = index;
  }
  return worst;
}
