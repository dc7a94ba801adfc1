// One check: takes in what is new, makes first baselines, compares every profile with its own, and follows what was found.
// Streams and erosion change by the hour, and are looked at once in one.
import { newId } from "../../kernel/index.ts";
import type { BaselineContent } from "../comparing/baseline.ts";
import { makeBaseline } from "../comparing/baseline.ts";
import type { DriftConfig } from "../config.ts";
import type { ErodingProfile } from "../erosion/erosion.ts";
import type { StoredBaseline } from "../store/baselines.ts";
import type { StoredFinding } from "../store/findings.ts";
import type { SeenProfile } from "../store/slices.ts";
import type { DriftStore } from "../store/store.ts";
import { HOUR_MS, hourOf, type Slice } from "../streams/rhythm.ts";
import { type Candidate, compareWindows, findChanges } from "./candidates.ts";
import { erosionCandidates } from "./eroding.ts";
import { followFindings } from "./follow-findings.ts";
import type { Look } from "./look.ts";

interface CheckDeps {
  look: Look;
  store: DriftStore;
  nowMs(): number;
  /** Hears of those that were opened or closed. */
  tell(finding: StoredFinding): void;
  /** How old the oldest record of a profile is when it has been compared. */
  note(lagMs: number): void;
}

export type Check = () => Promise<void>;

export function createCheck(config: DriftConfig, { look, store, nowMs, tell, note }: CheckDeps): Check {
  let hourSeen = Number.NEGATIVE_INFINITY;

  async function makeFirstBaselines(profiles: readonly SeenProfile[], known: ReadonlySet<string>): Promise<void> {
    const { automatic, after, calls_min } = config.baseline;
    if (!automatic) return;
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

  async function compareAll(baselines: readonly StoredBaseline[], atMs: number): Promise<Candidate[]> {
    const longest = Math.max(...config.windows.map(({ hours }) => hours));
    const candidates: Candidate[] = [];
    for (const { profile, content, untilMs } of baselines) {
      // Nothing is compared with itself.
      const sinceMs = Math.max(hourOf(atMs) - longest * HOUR_MS, untilMs);
      const slices = await store.slices.slices(profile, { sinceMs, untilMs: atMs });
      candidates.push(
        ...compareWindows({ profile, baseline: content }, { slices, anchorMs: untilMs, nowMs: atMs }, config),
      );
    }
    return candidates;
  }

  async function seeTrends(baselines: readonly StoredBaseline[], atMs: number): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    const eroding: ErodingProfile[] = [];
    for (const { profile, content, sinceMs, untilMs } of baselines) {
      // The running hour is not whole yet.
      const levels = await store.slices.levels(profile, { sinceMs, untilMs: hourOf(atMs) });
      const watched = { profile, baseline: content };
      candidates.push(...findChanges(watched, { levels, anchorMs: untilMs, nowMs: atMs }, config));
      eroding.push({ id: profile, rhythm: content.rhythm, slices: levels });
    }
    return [...candidates, ...erosionCandidates(eroding, config)];
  }

  async function follow(kinds: readonly StoredFinding["kind"][], candidates: readonly Candidate[]): Promise<void> {
    const standing = (await store.findings.standing()).filter(({ kind }) => kinds.includes(kind));
    const rules = { confirmLooks: config.confirm_looks, clearLooks: config.clear_looks, nowMs: nowMs(), newId };
    const { written, dropped, told } = followFindings(standing, candidates, rules);
    await store.findings.write(written, dropped, config.findings_max);
    told.forEach(tell);
  }

  return async () => {
    const { untilMs, oldestMs } = await look.takeIn(nowMs());
    const profiles = await store.slices.profiles();
    const known = new Set((await store.baselines.all()).map(({ profile }) => profile));
    await makeFirstBaselines(profiles, known);
    const baselines = await store.baselines.all();
    await follow(["distribution", "version"], await compareAll(baselines, untilMs));
    const hour = hourOf(untilMs);
    if (hour > hourSeen) {
      await follow(["stream", "erosion"], await seeTrends(baselines, untilMs));
      await store.slices.forgetBefore(nowMs() - config.keep);
      hourSeen = hour;
    }
    for (const oldest of oldestMs) note(nowMs() - oldest);
  };
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
