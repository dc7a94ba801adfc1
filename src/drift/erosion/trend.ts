// One figure of one profile, day by day: its slope, and how likely such a rise is by chance.
import { mannKendall, medianOf, theilSen } from "../../statistics/index.ts";
import { residualOf, type Rhythm, type LevelSlice, type StreamFigure } from "../streams/rhythm.ts";

const DAY_MS = 86_400_000;

export interface Day {
  /** Days since the epoch, UTC. */
  day: number;
  /** From what the baseline has at these hours: in logarithms for sizes, in shares of calls for shares. */
  value: number;
}

/** Days of which too few hours are known are left out. */
export function daysOf(
  slices: readonly LevelSlice[],
  { rhythm, figure, hoursMin }: { rhythm: Rhythm; figure: StreamFigure; hoursMin: number },
): Day[] {
  const days = new Map<number, number[]>();
  for (const slice of slices) {
    const value = residualOf(rhythm, slice, figure);
    if (value === undefined) continue;
    const day = Math.floor(slice.hour_ms / DAY_MS);
    days.set(day, [...(days.get(day) ?? []), value]);
  }
  return [...days]
    .filter(([, values]) => values.length >= hoursMin)
    .map(([day, values]) => ({ day, value: values.reduce((sum, each) => sum + each, 0) / values.length }))
    .sort((one, other) => one.day - other.day);
}

export interface Trend {
  /** A day. */
  slope: number;
  slope_low: number;
  slope_high: number;
  /** Mann and Kendall's; positive for a rise. */
  z: number;
  /** By how much more each day differs from the day before than those around it do: its noise, whatever the trend's shape. */
  steps: Map<number, number>;
}

export function trendOf(days: readonly Day[]): Trend | undefined {
  const points = { at: days.map(({ day }) => day), values: days.map(({ value }) => value) };
  const found = theilSen(points);
  if (!found) return undefined;
  const { slope, low, high } = found;
  const steps = stepsOf(days);
  return { slope, slope_low: low, slope_high: high, z: mannKendall(points.values).z, steps };
}

const AROUND_DAYS = 2;

function stepsOf(days: readonly Day[]): Map<number, number> {
  const steps = days.flatMap(({ day, value }, place) => {
    const before = days[place - 1];
    return before?.day === day - 1 ? [{ day, step: value - before.value }] : [];
  });
  return new Map(
    steps.map(({ day, step }) => {
      const around = steps.filter((each) => Math.abs(each.day - day) <= AROUND_DAYS);
      return [day, step - medianOf(around.map((each) => each.step))];
    }),
  );
}
