import { describe, expect, test } from "bun:test";
import { lotOf } from "../drift.fixture.ts";
import { learnRhythm, type Slice } from "../streams/rhythm.ts";
import { emptySummary } from "../summaries/summary.ts";
import { dependenceOnDayBefore, dependenceOnOthers, inflationByDays } from "./dependence.ts";
import { type ErosionSettings, findErosion } from "./erosion.ts";

const HOUR_MS = 3_600_000;
const DAYS = 21;
const SETTINGS: ErosionSettings = {
  p_max: 1e-3,
  profiles_min: 3,
  days_min: 7,
  hours_a_day_min: 6,
  change_min: 0.015,
  share_change_min: 0.005,
  contributors_q: 0.1,
};

/** About normal, from a dozen lots. */
function noiseOf(lot: () => number): number {
  return Array.from({ length: 12 }, lot).reduce((sum, each) => sum + each, -6);
}

function profilesOf(slope: number, { shared = 0, seed = 1 } = {}) {
  const common = lotOf(seed * 100);
  const days = Array.from({ length: DAYS }, () => shared * noiseOf(common));
  return Array.from({ length: 20 }, (_, profile) => {
    const lot = lotOf(seed * 1000 + profile);
    const own = Array.from({ length: DAYS }, () => 0.02 * noiseOf(lot));
    const slices = Array.from({ length: DAYS * 24 }, (_, hour): Slice => {
      const day = Math.floor(hour / 24);
      const summary = emptySummary();
      const level = 3 + (own[day] ?? 0) + (days[day] ?? 0) + 0.03 * noiseOf(lot) + slope * day;
      summary.logs.ms_per_token = { count: 50, sum: 50 * level };
      return { hour_ms: hour * HOUR_MS, summary };
    });
    return { id: `profile-${profile}`, rhythm: learnRhythm(slices.slice(0, 168)), slices };
  });
}

const found = (profiles: ReturnType<typeof profilesOf>) =>
  findErosion(profiles, SETTINGS).find(({ figure }) => figure === "ms_per_token");

describe("slow decay", () => {
  test("of 0.3 % a day that no profile shows alone is found in twenty", () => {
    const erosion = found(profilesOf(0.003));
    expect(erosion).toMatchObject({ isErosion: true, profiles: 20 });
    expect(erosion?.change).toBeCloseTo(0.06, 1);
  });
  test("is not found where there is none", () => {
    for (let seed = 1; seed <= 10; seed += 1) expect(found(profilesOf(0, { seed }))?.isErosion).toBe(false);
  });
  test("is not taken from days that are bad for all alike", () => {
    const alarms = Array.from({ length: 10 }, (_, seed) => found(profilesOf(0, { shared: 0.05, seed: seed + 1 })));
    expect(alarms.filter((each) => each?.isErosion === true).length).toBeLessThanOrEqual(1);
  });
  test("of too few profiles, or too few days, is not told", () => {
    const profiles = profilesOf(0.003);
    expect(findErosion(profiles.slice(0, 2), SETTINGS)).toEqual([]);
    const short = profiles.map((each) => ({ ...each, slices: each.slices.slice(0, 5 * 24) }));
    expect(findErosion(short, SETTINGS)).toEqual([]);
  });
});

describe("dependence", () => {
  const stepsOf = (values: readonly number[]) =>
    new Map(values.slice(1).map((value, place) => [place + 1, value - (values[place] ?? 0)]));
  test("on the day before is found where there is some", () => {
    const lot = lotOf(5);
    const make = (kept: number) =>
      Array.from({ length: 40 }, () => {
        let last = 0;
        return stepsOf(Array.from({ length: 40 }, () => (last = kept * last + noiseOf(lot))));
      });
    expect(dependenceOnDayBefore(make(0))).toBeLessThan(0.15);
    expect(dependenceOnDayBefore(make(0.6))).toBeCloseTo(0.6, 0);
    expect(dependenceOnDayBefore([])).toBe(0);
  });
  test("of profiles on each other is about one where they are the same, and nought where they are not", () => {
    const lot = lotOf(6);
    const series = () => stepsOf(Array.from({ length: 60 }, () => noiseOf(lot)));
    const same = series();
    expect(dependenceOnOthers([same, same, same])).toBeGreaterThan(0.95);
    expect(dependenceOnOthers(Array.from({ length: 20 }, series))).toBeLessThan(0.05);
  });
  test("makes trends less certain", () => {
    expect(inflationByDays(0, 20)).toBe(1);
    expect(inflationByDays(0.5, 20)).toBeGreaterThan(2);
  });
});
