// What a figure usually is at an hour: by the hour of the week where the baseline has three weeks, by the hour of the day where
// it has three days, otherwise at any hour. What is left when that is taken off tells of change, not of night and day.
import { robustDeviationOf } from "../../statistics/index.ts";
import {
  type ShareFigure,
  shareFigures,
  type Levels,
  type SizeFigure,
  sizeFigures,
  type Summary,
} from "../summaries/summary.ts";

export const HOUR_MS = 3_600_000;

/** Where the hour begins, UTC. */
export function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}

const DAY_HOURS = 24;
const WEEK_HOURS = 168;
/** Times that an hour must have come, to be known as such. */
const TIMES_MIN = 3;
/** Fewer values have no mean to speak of. */
const VALUES_MIN = 10;

export interface LevelSlice {
  /** Where the hour begins, UTC. */
  hour_ms: number;
  summary: Levels;
}

export interface Slice extends LevelSlice {
  summary: Summary;
}

export type StreamFigure = SizeFigure | ShareFigure;
export const streamFigures: readonly StreamFigure[] = [...sizeFigures, ...shareFigures];

interface Usual {
  count: number;
  /** Of the hours' own means; of logarithms, where the figure is a size. */
  sum: number;
}

export interface Rhythm {
  /** How many hours there are until it begins again: 168, 24 or 1. */
  period: number;
  usual: Record<StreamFigure, Record<string, Usual>>;
  /** How far single hours are from what is usual. */
  spread: Record<StreamFigure, number>;
}

/** Undefined where an hour has too few values. */
export function levelOf(summary: Levels, figure: StreamFigure): { level: number; count: number } | undefined {
  if (isShare(figure)) {
    const { hits, count } = summary.shares[figure];
    return count < VALUES_MIN ? undefined : { level: hits / count, count };
  }
  const { sum, count } = summary.logs[figure];
  return count < VALUES_MIN ? undefined : { level: sum / count, count };
}

function isShare(figure: StreamFigure): figure is ShareFigure {
  return shareFigures.some((each) => each === figure);
}

export function learnRhythm(slices: readonly LevelSlice[]): Rhythm {
  const hours = slices.map(({ hour_ms }) => hour_ms);
  const spanned = hours.length === 0 ? 0 : (Math.max(...hours) - Math.min(...hours)) / HOUR_MS + 1;
  const period = [WEEK_HOURS, DAY_HOURS].find((each) => spanned >= TIMES_MIN * each) ?? 1;
  const usual = mapFigures((figure) => usualOf(slices, figure, period));
  const draft: Rhythm = { period, usual, spread: mapFigures(() => 0) };
  // Each hour is part of what is usual at it; what it is away from that is smaller by so much.
  const times = Math.max(spanned / period, 2);
  const spread = mapFigures((figure) => {
    const residuals = slices.map((slice) => residualOf(draft, slice, figure)).filter((each) => each !== undefined);
    return residuals.length < VALUES_MIN ? 0 : robustDeviationOf(residuals) * Math.sqrt(times / (times - 1));
  });
  return { ...draft, spread };
}

function mapFigures<Value>(make: (figure: StreamFigure) => Value): Record<StreamFigure, Value> {
  const { input_tokens, output_tokens, ms_per_token, first_token_ms, refusals, tool_calls, failures } =
    Object.fromEntries(streamFigures.map((figure) => [figure, make(figure)])) as Record<StreamFigure, Value>;
  return { input_tokens, output_tokens, ms_per_token, first_token_ms, refusals, tool_calls, failures };
}

function usualOf(slices: readonly LevelSlice[], figure: StreamFigure, period: number): Record<string, Usual> {
  const usual: Record<string, Usual> = {};
  for (const { hour_ms, summary } of slices) {
    const found = levelOf(summary, figure);
    if (!found) continue;
    for (const name of new Set([placeOf(hour_ms, period), ANY])) {
      const before = usual[name] ?? { count: 0, sum: 0 };
      usual[name] = { count: before.count + 1, sum: before.sum + found.level };
    }
  }
  return usual;
}

const ANY = "any";

function placeOf(hourMs: number, period: number): string {
  return period === 1 ? ANY : `${Math.floor(hourMs / HOUR_MS) % period}`;
}

/** How far an hour is from what is usual: in logarithms for sizes, in shares of calls for shares. */
export function residualOf(rhythm: Rhythm, { hour_ms, summary }: LevelSlice, figure: StreamFigure): number | undefined {
  const found = levelOf(summary, figure);
  const known = rhythm.usual[figure];
  const at = known[placeOf(hour_ms, rhythm.period)];
  const usual = at && at.count >= 2 ? at : known[ANY];
  return found && usual && found.level - usual.sum / usual.count;
}

/** The same in deviations; for shares at least in those of counting. */
export function standardised(rhythm: Rhythm, slice: LevelSlice, figure: StreamFigure): number | undefined {
  const residual = residualOf(rhythm, slice, figure);
  if (residual === undefined) return undefined;
  const spread = Math.max(rhythm.spread[figure], countingSpread(rhythm, slice, figure));
  return spread > 0 ? residual / spread : undefined;
}

function countingSpread(rhythm: Rhythm, { summary }: LevelSlice, figure: StreamFigure): number {
  if (!isShare(figure)) return 0;
  const { count } = summary.shares[figure];
  const usual = rhythm.usual[figure][ANY];
  const share = usual ? usual.sum / usual.count : 0;
  // A share of nought is taken for one that is too small to have been seen.
  const kept = Math.min(Math.max(share, 1 / (10 * count)), 1 - 1 / (10 * count));
  return Math.sqrt((kept * (1 - kept)) / count);
}
