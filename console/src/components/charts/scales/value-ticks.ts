// The upright scale of a chart: few marks, round figures, and an end that stays where it is while the figures move a little.
import { axisUnit } from "./units.ts";

export interface ValueScale {
  low: number;
  high: number;
  step: number;
  /** Multiples of `step` from `low` to `high`. */
  ticks: number[];
}

export interface ValueRange {
  min: number;
  max: number;
  unit: string;
  /** How many steps fit; a scale has at least two. */
  steps: number;
  /** False for a scale that need not begin at zero. */
  fromZero: boolean;
}

/** A scale of round figures around all that is to be shown. It ends on a mark or half-way to the next one. */
export function chooseValueTicks({ min, max, unit, steps, fromZero }: ValueRange): ValueScale {
  const least = fromZero ? Math.min(0, min) : min;
  const most = fromZero ? Math.max(0, max) : max;
  if (most === least) return flatScale(least, unit);
  const { divisor } = axisUnit(unit, Math.max(Math.abs(least), Math.abs(most)));
  const step = roundStep((most - least) / divisor / Math.max(2, steps)) * divisor;
  const low = tidy((Math.floor((2 * least) / step + 1e-9) * step) / 2);
  const high = tidy((Math.ceil((2 * most) / step - 1e-9) * step) / 2);
  return { low, high, step: tidy(step), ticks: marks(low, high, step) };
}

/** Where all figures are the same: one unit of room above them. */
function flatScale(value: number, unit: string): ValueScale {
  const step = value === 0 ? smallest(unit) : roundStep(Math.abs(value) / 2);
  const low = tidy(Math.floor(value / step) * step);
  return { low, high: tidy(low + step), step, ticks: [low, tidy(low + step)] };
}

function marks(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => tidy((first + index) * step));
}

/** The scale to go on with: the one before, as long as everything is on it and fills a third of it. */
export function keepScale(before: ValueScale | null, next: ValueScale): ValueScale {
  if (before === null) return next;
  const holds = before.low <= next.low && before.high >= next.high;
  return holds && next.high - next.low >= (before.high - before.low) / 3 ? before : next;
}

/** 1, 2 or 5 times a power of ten, not below `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 5].find((factor) => factor * power >= size * (1 - 1e-9)) ?? 10) * power;
}

/** What a scale spans where there is nothing but zero: one of its unit. */
function smallest(unit: string): number {
  if (unit === "usd_micros") return 1_000_000;
  return unit === "ms" ? 100 : 1;
}

function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
