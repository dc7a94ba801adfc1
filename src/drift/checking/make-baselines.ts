// What a profile is compared with: its first calls, where nobody has chosen others.
import { newId } from "../../kernel/index.ts";
import { type BaselineContent, makeBaseline } from "../comparing/baseline.ts";
import type { DriftConfig } from "../config.ts";
import type { StoredBaseline } from "../store/baselines.ts";
import type { SeenProfile } from "../store/slices.ts";
import type { DriftStore } from "../store/store.ts";
import { HOUR_MS, type Slice } from "../streams/rhythm.ts";

/** For each profile that has called long enough and has no baseline. */
export async function makeFirstBaselines(
  profiles: readonly SeenProfile[],
  config: DriftConfig,
  { store, nowMs }: { store: DriftStore; nowMs(): number },
): Promise<void> {
  const { automatic, after, calls_min } = config.baseline;
  if (!automatic) return;
  const known = new Set((await store.baselines.all()).map(({ profile }) => profile));
  for (const { name, firstMs, lastMs, calls } of profiles) {
    if (known.has(name) || calls < calls_min || lastMs + HOUR_MS - firstMs < after) continue;
    const slices = await store.slices.slices(name, { sinceMs: firstMs, untilMs: lastMs });
    const stored = baselineFrom(firstOf(slices, config.baseline), config, {
      profile: name,
      label: "first calls",
      source: "automatic",
    });
    if (stored) await store.baselines.put({ ...stored, madeAtMs: nowMs() }, true);
  }
}

/** As many as a baseline needs, and no more: what came later may differ already. */
function firstOf(slices: readonly Slice[], { after, calls_min }: DriftConfig["baseline"]): Slice[] {
  let calls = 0;
  const enough = slices.findIndex(({ hour_ms, summary }) => {
    calls += summary.calls;
    return calls >= calls_min && hour_ms + HOUR_MS - (slices[0]?.hour_ms ?? 0) >= after;
  });
  return slices.slice(0, enough + 1);
}

/** Undefined where there are too few calls. */
export function baselineFrom(
  slices: readonly Slice[],
  config: DriftConfig,
  about: Pick<StoredBaseline, "profile" | "label" | "source">,
): Omit<StoredBaseline, "madeAtMs"> | undefined {
  const [first, last] = [slices[0], slices.at(-1)];
  const windows = config.windows.map(({ hours, samples_min }) => ({ hours, samplesMin: samples_min }));
  const content: BaselineContent = makeBaseline(slices, windows);
  if (!first || !last || content.summary.calls < config.baseline.calls_min) return undefined;
  return { ...about, id: newId(), sinceMs: first.hour_ms, untilMs: last.hour_ms + HOUR_MS, content };
}
