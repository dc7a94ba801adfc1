// From candidates to findings: what goes on for some looks is opened, what has gone for some is closed. Pure.
import type { StoredFinding } from "../store/findings.ts";
import type { Candidate } from "./candidates.ts";

export interface FollowRules {
  /** Looks in a row that must see it. New versions, changes and erosion need one. */
  confirmLooks: number;
  /** Looks in a row that must not. Changes are over when their time is. */
  clearLooks: number;
  nowMs: number;
  newId(): string;
}

export interface Followed {
  written: StoredFinding[];
  /** Ids of suspicions that were none. */
  dropped: string[];
  /** Those of `written` that were opened or closed just now. */
  told: StoredFinding[];
}

/** `standing` are those of the kinds that were looked for. */
export function followFindings(
  standing: readonly StoredFinding[],
  candidates: readonly Candidate[],
  rules: FollowRules,
): Followed {
  const followed: Followed = { written: [], dropped: [], told: [] };
  const left = new Map(standing.map((finding) => [keyOf(finding), finding]));
  for (const candidate of candidates) {
    const before = left.get(keyOf(candidate));
    left.delete(keyOf(candidate));
    hold(candidate, before, { rules, followed });
  }
  for (const finding of left.values()) miss(finding, { rules, followed });
  return followed;
}

function keyOf({ profile, kind, figure }: Pick<Candidate, "profile" | "kind" | "figure">): string {
  return JSON.stringify([profile, kind, figure]);
}

interface Following {
  rules: FollowRules;
  followed: Followed;
}

function hold(candidate: Candidate, before: StoredFinding | undefined, { rules, followed }: Following): void {
  const { nowMs } = rules;
  const held = (before?.held ?? 0) + 1;
  const opens = before?.state !== "open" && held >= (candidate.kind === "distribution" ? rules.confirmLooks : 1);
  const finding: StoredFinding = {
    ...candidate,
    id: before?.id ?? rules.newId(),
    state: opens || before?.state === "open" ? "open" : "suspected",
    held,
    missed: 0,
    sinceMs: Math.min(before?.sinceMs ?? candidate.sinceMs, candidate.sinceMs),
    openedAtMs: opens ? nowMs : (before?.openedAtMs ?? null),
    updatedAtMs: nowMs,
    closedAtMs: null,
  };
  followed.written.push(finding);
  if (opens) followed.told.push(finding);
}

function miss(before: StoredFinding, { rules, followed }: Following): void {
  if (before.state === "suspected") return void followed.dropped.push(before.id);
  const missed = before.missed + 1;
  const closes = missed >= (before.kind === "stream" ? 1 : rules.clearLooks);
  const finding: StoredFinding = closes
    ? { ...before, missed, held: 0, state: "closed", closedAtMs: rules.nowMs, updatedAtMs: rules.nowMs }
    : { ...before, missed, held: 0 };
  followed.written.push(finding);
  if (closes) followed.told.push(finding);
}
