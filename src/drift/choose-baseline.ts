// A baseline that somebody chooses: of hours that are kept, and where those do not reach back, of the record itself.
import { newId } from "../kernel/index.ts";
import { baselineFrom } from "./checking/make-baselines.ts";
import type { Look, ProfileSource } from "./checking/look.ts";
import type { DriftConfig } from "./config.ts";
import type { Profile, PutBaseline } from "./contract.ts";
import { driftErrors } from "./errors.ts";
import { nameOf, profileOf } from "./profile-name.ts";
import type { StoredBaseline } from "./store/baselines.ts";
import type { SeenProfile, Span } from "./store/slices.ts";
import type { DriftStore } from "./store/store.ts";
import { HOUR_MS, hourOf, type Slice } from "./streams/rhythm.ts";

interface ChooseDeps {
  store: DriftStore;
  look: Look;
  source: ProfileSource;
  nowMs(): number;
}

/** Throws `drift.unknown_profile`, `drift.window_reversed`, `drift.too_few_calls`. */
export async function chooseBaseline(
  wish: PutBaseline,
  config: DriftConfig,
  { store, look, source, nowMs }: ChooseDeps,
): Promise<StoredBaseline> {
  const { since_ms, until_ms = nowMs(), label } = wish;
  if (since_ms !== undefined && since_ms >= until_ms) throw driftErrors.window_reversed({ since_ms, until_ms });
  const seen = await store.slices.profiles();
  const profile = profileFor(wish, seen);
  const name = nameOf(profile);
  const firstMs = seen.find((each) => each.name === name)?.firstMs;
  const sinceMs = hourOf(since_ms ?? firstMs ?? until_ms);
  const kept = await store.slices.slices(name, { sinceMs, untilMs: until_ms });
  const older = await readOlder(profile, { sinceMs, untilMs: Math.min(kept[0]?.hour_ms ?? until_ms, until_ms) });
  const slices = [...older, ...kept];
  const made = baselineFrom(slices, config, { profile: name, label, source: "chosen" });
  const calls = slices.reduce((sum, { summary }) => sum + summary.calls, 0);
  if (!made && calls === 0 && firstMs === undefined) throw driftErrors.unknown_profile(profile);
  if (!made) throw driftErrors.too_few_calls({ calls, min: config.baseline.calls_min });
  const baseline: StoredBaseline = { ...made, id: newId(), madeAtMs: nowMs() };
  await store.baselines.put(baseline);
  return baseline;

  /** The newest `looks_max` hours of what is asked for and not kept. */
  async function readOlder(of: Profile, span: Span): Promise<Slice[]> {
    const found: Slice[] = [];
    const firstHourMs = Math.max(span.sinceMs, hourOf(span.untilMs) - config.looks_max * HOUR_MS);
    for (let hourMs = firstHourMs; hourMs < span.untilMs; hourMs += HOUR_MS) {
      const [sample] = await source.sampleRecords({
        since_ms: hourMs,
        until_ms: Math.min(hourMs + HOUR_MS, span.untilMs),
        profile: of,
        records_max: config.records_max,
        profiles_max: 1,
      });
      if (sample) found.push({ hour_ms: hourMs, summary: (await look.read(name, sample, hourMs)).summary });
    }
    return found;
  }
}

/** As it was named; where route or prompt are left out, the one of this model with the most calls. */
function profileFor({ model, route, prompt }: PutBaseline, seen: readonly SeenProfile[]): Profile {
  const fits = seen
    .map(({ name }) => profileOf(name))
    .find(
      (each) =>
        each.model === model &&
        (route === undefined || each.route === route) &&
        (prompt === undefined || each.prompt === prompt),
    );
  return fits ?? { model, route: route ?? null, prompt: prompt ?? null };
}
