// Erosion over many profiles at once: after how many days it is found, and how often where there is none.
import type { DriftConfig } from "../../src/drift/index.ts";
import { findErosion, type ErodingProfile } from "../../src/drift/erosion/erosion.ts";
import { HOUR_MS, learnRhythm } from "../../src/drift/streams/rhythm.ts";
import type { DrillContext } from "../drill.ts";
import { BASELINE_HOURS, makeTraffic } from "./traffic.ts";

const DAYS = 42;
const BASELINE_DAYS = 7;
const SLOWER_A_DAY = 0.003;

export interface ErosionJudged {
  /** Since it began; null where it is not found. */
  days: number | null;
  falseFound: number;
  nullWeeks: number;
}

export function judgeErosion(
  { seed, say, signal }: DrillContext,
  { eroding, nulls }: { eroding: number; nulls: number },
  config: DriftConfig,
): ErosionJudged {
  say(`${eroding} profiles that get slower by ${SLOWER_A_DAY * 100} % a day`);
  const found = firstFound(makeProfiles({ seed, count: eroding, erosion: SLOWER_A_DAY }), config, "ms_per_token");
  let falseFound = 0;
  for (let round = 0; round < nulls; round += 1) {
    signal.throwIfAborted();
    say(`${eroding} profiles that do not, round ${round + 1} of ${nulls}`);
    const profiles = makeProfiles({ seed: seed + 100 + round, count: eroding, erosion: 0 });
    if (firstFound(profiles, config) !== null) falseFound += 1;
  }
  return { days: found, falseFound, nullWeeks: (nulls * (DAYS - BASELINE_DAYS)) / 7 };
}

function makeProfiles({ seed, count, erosion }: { seed: number; count: number; erosion: number }): ErodingProfile[] {
  return Array.from({ length: count }, (_, profile) => {
    const injection = { fromHour: BASELINE_HOURS, erosion };
    const hours = DAYS * 24;
    const slices = makeTraffic({ seed, profile, hours, callsAnHour: 30, hasTexts: false, injection });
    return {
      id: JSON.stringify([`profile-${profile}`, null, null]),
      rhythm: learnRhythm(slices.slice(0, BASELINE_HOURS)),
      slices,
    };
  });
}

/** In days since the baseline ended, looking once a day. */
function firstFound(profiles: readonly ErodingProfile[], config: DriftConfig, figure?: string): number | null {
  const beginMs = profiles[0]?.slices[0]?.hour_ms ?? 0;
  for (let day = BASELINE_DAYS + 1; day <= DAYS; day += 1) {
    const untilMs = beginMs + day * 24 * HOUR_MS;
    const seen = profiles.map((each) => ({ ...each, slices: each.slices.filter(({ hour_ms }) => hour_ms < untilMs) }));
    const found = findErosion(seen, config.erosion).filter(({ isErosion }) => isErosion);
    if (found.some((each) => figure === undefined || each.figure === figure)) return day - BASELINE_DAYS;
  }
  return null;
}
