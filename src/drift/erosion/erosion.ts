// Erosion creep: figures that get worse day by day in many profiles at once, in none of them enough to be noticed. Each trend
// since its baseline's beginning is tested by itself, and all together; over figures, false discoveries are kept down.
import { adjustForDiscovery, createCusum, normalTail, robustDeviationOf } from "../../statistics/index.ts";
import type { Rhythm, LevelSlice, StreamFigure } from "../streams/rhythm.ts";
import { dependenceOnDayBefore, dependenceOnOthers, inflationByDays } from "./dependence.ts";
import { type Day, daysOf, type Trend, trendOf } from "./trend.ts";

export interface ErosionKind {
  figure: StreamFigure;
  sign: 1 | -1;
}

/** What may erode, and which way is worse: +1 is more. Answers may become too short, or too long. */
export const erosionKinds: readonly ErosionKind[] = [
  { figure: "ms_per_token", sign: 1 },
  { figure: "first_token_ms", sign: 1 },
  { figure: "failures", sign: 1 },
  { figure: "refusals", sign: 1 },
  { figure: "output_tokens", sign: -1 },
  { figure: "output_tokens", sign: 1 },
];

export interface ErosionSettings {
  /** Of all together, after the adjustment for several figures. */
  p_max: number;
  /** Profiles that must have a trend at all. */
  profiles_min: number;
  days_min: number;
  hours_a_day_min: number;
  /** What the middle profile must have lost since its baseline began: in logarithms for sizes, in shares for shares. */
  change_min: number;
  share_change_min: number;
  /** Up to which false discovery rate a profile is named. */
  contributors_q: number;
}

export interface ErodedProfile {
  /** As it was given. */
  id: string;
  slope: number;
  slope_low: number;
  slope_high: number;
  /** Since its first day. */
  change: number;
  days: number;
  p: number;
  /** Among all profiles' trends of this figure. */
  q: number;
}

export interface Erosion {
  figure: StreamFigure;
  sign: 1 | -1;
  z: number;
  /** Adjusted for there being several figures. */
  p: number;
  profiles: number;
  /** The middle profile's. */
  change: number;
  /** Sum of all profiles' CUSUMs, in deviations of a day (Mei 2010). */
  cusum: number;
  since_ms: number;
  contributors: ErodedProfile[];
  isErosion: boolean;
}

export interface ErodingProfile {
  id: string;
  rhythm: Rhythm;
  /** Ascending, from the beginning of its baseline on. */
  slices: readonly LevelSlice[];
}

const DAY_MS = 86_400_000;

/** One for each kind that enough profiles have. */
export function findErosion(profiles: readonly ErodingProfile[], settings: ErosionSettings): Erosion[] {
  const found = erosionKinds.flatMap((kind) => combine(profiles, kind, settings) ?? []);
  const adjusted = adjustForDiscovery(found.map(({ p }) => p));
  return found.map((each, place) => {
    const p = adjusted[place] ?? 1;
    const isShare = each.figure === "failures" || each.figure === "refusals";
    const least = isShare ? settings.share_change_min : settings.change_min;
    return { ...each, p, isErosion: p <= settings.p_max && each.change >= least };
  });
}

interface Stream {
  id: string;
  days: Day[];
  trend: Trend;
}

function combine(profiles: readonly ErodingProfile[], { figure, sign }: ErosionKind, settings: ErosionSettings) {
  const streams = profiles.flatMap((profile) => streamOf(profile, { figure, sign }, settings) ?? []);
  if (streams.length < settings.profiles_min) return undefined;
  const steps = streams.map(({ trend }) => trend.steps);
  const onDays = dependenceOnDayBefore(steps);
  const onOthers = dependenceOnOthers(steps);
  const zs = streams.map(({ trend, days }) => trend.z / Math.sqrt(inflationByDays(onDays, days.length)));
  // Stouffer's sum, whose variance the dependence makes larger.
  const count = streams.length;
  const z = zs.reduce((sum, each) => sum + each, 0) / Math.sqrt(count + count * (count - 1) * onOthers);
  const changes = streams.map(changeOf).sort((one, other) => one - other);
  const sums = streams.map(({ days }) => cusumOf(days));
  return {
    figure,
    sign,
    z,
    p: normalTail(z),
    profiles: count,
    change: changes[Math.floor(count / 2)] ?? 0,
    cusum: sums.reduce((total, { sum }) => total + sum, 0),
    since_ms: Math.min(...sums.map(({ sinceDay }) => sinceDay)) * DAY_MS,
    contributors: contributorsOf(streams, zs, settings.contributors_q),
    isErosion: false,
  };
}

function streamOf(
  { id, rhythm, slices }: ErodingProfile,
  { figure, sign }: ErosionKind,
  { days_min, hours_a_day_min: hoursMin }: ErosionSettings,
): Stream | undefined {
  const days = daysOf(slices, { rhythm, figure, hoursMin }).map(({ day, value }) => ({ day, value: sign * value }));
  if (days.length < days_min) return undefined;
  const trend = trendOf(days);
  return trend && { id, days, trend };
}

function changeOf({ days, trend }: Stream): number {
  return trend.slope * ((days.at(-1)?.day ?? 0) - (days[0]?.day ?? 0));
}

/** Where the sum of what is above nought stands, and since when it is. */
function cusumOf(days: readonly Day[]): { sum: number; sinceDay: number } {
  const deviation = robustDeviationOf(days.map(({ value }, place) => value - (days[place - 1]?.value ?? value)));
  const cusum = createCusum({ target: 0, slack: 0.25, limit: Number.POSITIVE_INFINITY });
  let [sum, sinceDay] = [0, days.at(-1)?.day ?? 0];
  for (const { day, value } of days) {
    const wasNought = sum === 0;
    sum = cusum.update(deviation > 0 ? value / (deviation / Math.SQRT2) : 0).high;
    if (wasNought) sinceDay = day;
  }
  return { sum, sinceDay };
}

const NAMED_MAX = 20;

/** Those that would be found alone; where none would, those that lean the furthest. */
function contributorsOf(streams: readonly Stream[], zs: readonly number[], q: number): ErodedProfile[] {
  const ps = zs.map(normalTail);
  const qs = adjustForDiscovery(ps);
  const all = streams
    .map((stream, place): ErodedProfile => {
      const { slope, slope_low, slope_high } = stream.trend;
      const judged = { p: ps[place] ?? 1, q: qs[place] ?? 1 };
      return {
        id: stream.id,
        slope,
        slope_low,
        slope_high,
        change: changeOf(stream),
        days: stream.days.length,
        ...judged,
      };
    })
    .sort((one, other) => one.p - other.p);
  const named = all.filter((each) => each.q <= q);
  return (named.length > 0 ? named : all.filter(({ slope }) => slope > 0)).slice(0, NAMED_MAX);
}
