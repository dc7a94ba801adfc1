// One check: takes in what is new, makes first baselines, compares every profile with its own, and follows what was found.
// Streams and erosion change by the hour, and are looked at once in one.
import { newId } from "../../kernel/index.ts";
import type { DriftConfig } from "../config.ts";
import type { ErodingProfile } from "../erosion/erosion.ts";
import type { StoredBaseline } from "../store/baselines.ts";
import type { StoredFinding } from "../store/findings.ts";
import type { DriftStore } from "../store/store.ts";
import { HOUR_MS, hourOf } from "../streams/rhythm.ts";
import { type Candidate, compareWindows, findChanges } from "./candidates.ts";
import { erosionCandidates } from "./eroding.ts";
import { followFindings } from "./follow-findings.ts";
import type { Look } from "./look.ts";
import { makeFirstBaselines } from "./make-baselines.ts";

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

  async function follow(
    kinds: readonly StoredFinding["kind"][],
    candidates: readonly Candidate[],
    baselines: readonly StoredBaseline[],
  ): Promise<void> {
    const standing = (await store.findings.standing()).filter(({ kind }) => kinds.includes(kind));
    const rules = { confirmLooks: config.confirm_looks, clearLooks: config.clear_looks, nowMs: nowMs(), newId };
    const followed = followFindings(standing, candidates, rules);
    const written = new Set(await store.findings.write(followed, baselines, config.findings_max));
    followed.told.filter((finding) => written.has(finding)).forEach(tell);
  }

  return async () => {
    const { untilMs, oldestMs } = await look.takeIn(nowMs());
    const profiles = await store.slices.profiles();
    await makeFirstBaselines(profiles, config, { store, nowMs });
    const baselines = await store.baselines.all();
    await follow(["distribution", "version"], await compareAll(baselines, untilMs), baselines);
    const hour = hourOf(untilMs);
    if (hour > hourSeen) {
      await follow(["stream", "erosion"], await seeTrends(baselines, untilMs), baselines);
      await store.slices.forgetBefore(nowMs() - config.keep);
      hourSeen = hour;
    }
    for (const oldest of oldestMs) note(nowMs() - oldest);
  };
}
