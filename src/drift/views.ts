// What is stored, as it stands on the wire.
import type { Baseline, DriftState, Finding } from "./contract.ts";
import { profileOf } from "./profile-name.ts";
import type { StoredBaseline } from "./store/baselines.ts";
import type { StoredFinding } from "./store/findings.ts";
import type { SeenProfile } from "./store/slices.ts";
import { describeSummary } from "./summaries/describe.ts";

export function showFinding(found: StoredFinding): Finding {
  return {
    id: found.id,
    kind: found.kind,
    figure: found.figure,
    profile: found.profile === null ? null : profileOf(found.profile),
    state: found.state === "closed" ? "closed" : "open",
    since_ms: found.sinceMs,
    opened_at_ms: found.openedAtMs ?? found.updatedAtMs,
    updated_at_ms: found.updatedAtMs,
    closed_at_ms: found.closedAtMs,
    evidence: found.evidence,
  };
}

export function showBaseline(baseline: StoredBaseline): Baseline {
  const { id, profile, label, source, sinceMs, untilMs, madeAtMs, content } = baseline;
  return {
    id,
    profile: profileOf(profile),
    label,
    source,
    since_ms: sinceMs,
    until_ms: untilMs,
    calls: content.summary.calls,
    made_at_ms: madeAtMs,
    figures: describeSummary(content.summary),
  };
}

interface Standing {
  lookedUntilMs: number | undefined;
  profiles: readonly SeenProfile[];
  baselines: readonly StoredBaseline[];
  standing: readonly StoredFinding[];
}

export function showState(enabled: boolean, { lookedUntilMs, profiles, baselines, standing }: Standing): DriftState {
  const open = standing.filter(({ state }) => state === "open");
  return {
    enabled,
    looked_until_ms: lookedUntilMs ?? null,
    open: open.length,
    profiles: profiles.map(({ name, firstMs, lastMs, calls }) => {
      const baseline = baselines.find(({ profile }) => profile === name);
      return {
        profile: profileOf(name),
        first_ms: firstMs,
        last_ms: lastMs,
        calls,
        baseline: baseline
          ? { id: baseline.id, label: baseline.label, since_ms: baseline.sinceMs, until_ms: baseline.untilMs }
          : null,
        open: open.filter(({ profile }) => profile === name).length,
      };
    }),
  };
}
