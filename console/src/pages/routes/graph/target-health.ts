// How a target does, in a tone and in words, from what the gateway's processes know of it. Where they differ, the worst counts.
import type { TargetHealth as Seen } from "../../../../../src/gateway/contract.ts";
import type { StateTone } from "../../../components/figures/state-word.tsx";
import { formatDuration, formatShare } from "../../../format/figures.ts";

export interface TargetHealth {
  tone: StateTone;
  /** One or two words. */
  word: string;
  /** Why, since when, until when; empty where there is nothing to say. */
  detail: string;
  /** Of recent attempts, 0 to 1; null without any. */
  failureShare: number | null;
}

const whys: Record<NonNullable<Seen["why"]>, string> = {
  failures_in_row: "it failed several times in a row",
  failure_share: "too many of its recent attempts failed",
  failed_on_probation: "it failed again when it was tried",
  turned_away: "it turns calls away: its quota is used up, or the key is not accepted",
};

/** By target. */
export function healthOf(seen: readonly Seen[]): ReadonlyMap<string, TargetHealth> {
  const byTarget = Object.entries(Object.groupBy(seen, ({ target }) => target));
  return new Map(byTarget.map(([target, all = []]) => [target, describe(all)]));
}

function describe(all: readonly Seen[]): TargetHealth {
  const worst = all.toSorted((one, other) => rank(one) - rank(other))[0];
  if (worst === undefined) return { tone: "off", word: "unknown", detail: "", failureShare: null };
  const isAlike = all.every((each) => rank(each) === rank(worst));
  const where = isAlike ? "" : `, seen so by process ${worst.process} of ${all.length}`;
  const state = stateOf(worst);
  return { ...state, detail: `${state.detail}${where}`, failureShare: worst.failure_share };
}

function stateOf(seen: Seen): Omit<TargetHealth, "failureShare"> {
  const { breaker, why, open_for_ms: openMs, rests_for_ms: restsMs, failure_share: share } = seen;
  const recently = share === null ? "" : `${formatShare(share)} % of recent attempts failed`;
  if (breaker !== "closed") {
    const since = openMs === null ? "" : ` for ${formatDuration(openMs)}`;
    const because = why === null ? "" : `: ${whys[why]}`;
    const next = restsMs > 0 ? `; tried again in ${formatDuration(restsMs)}` : "; the next call tries it";
    return breaker === "open"
      ? { tone: "fail", word: "left alone", detail: `left alone${since}${because}${next}` }
      : { tone: "warn", word: "to be tried", detail: `left alone${since}${because}${next}` };
  }
  if (!seen.has_credential) return { tone: "warn", word: "key rests", detail: "none of its credentials is ready" };
  if (seen.on_probation)
    return { tone: "warn", word: "on probation", detail: "it was let back; one failure is enough" };
  if (seen.idle_for_ms === null) return { tone: "off", word: "not called", detail: "not since the start" };
  if (share !== null && share > 0.05) return { tone: "warn", word: "unsteady", detail: recently };
  return { tone: "ok", word: "serves", detail: recently };
}

function rank({
  breaker,
  on_probation: onProbation,
  has_credential: hasCredential,
  idle_for_ms: idleMs,
}: Seen): number {
  if (breaker === "open") return 0;
  if (breaker === "half_open") return 1;
  if (!hasCredential) return 2;
  if (onProbation) return 3;
  return idleMs === null ? 5 : 4;
}
