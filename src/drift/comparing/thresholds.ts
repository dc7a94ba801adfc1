// When a measure is drift: where chance alone hardly makes it, and it is larger than what is let pass, and larger than what
// the baseline's own hours and days differed by among themselves.
import type { Comparison, ComparedFigure } from "./compare.ts";
import { compareSummaries } from "./compare.ts";
import type { Detector } from "./measures.ts";
import { type Summary } from "../summaries/summary.ts";

export interface Thresholds {
  p_max: number;
  /** By detector. */
  effect_min: Record<Detector, number>;
  /** For shares, whose effect is in shares of calls, in place of that of `chi_square`. */
  share_effect_min: number;
  /** Times the greatest that the baseline had itself. */
  own_noise_factor: number;
}

/** The greatest effect within a baseline, by figure and detector. */
export type OwnNoise = Record<string, number>;

export interface Judged extends Comparison {
  /** What the effect must come to. */
  threshold: number;
  isDrift: boolean;
}

const SHARES: ReadonlySet<ComparedFigure> = new Set(["refusals", "tool_calls", "failures"]);

export function judge(comparison: Comparison, thresholds: Thresholds, noise: OwnNoise = {}): Judged {
  const { figure, detector, effect, p } = comparison;
  const least = SHARES.has(figure) ? thresholds.share_effect_min : thresholds.effect_min[detector];
  const own = (noise[noiseName(comparison)] ?? 0) * thresholds.own_noise_factor;
  const threshold = Math.max(least, own);
  return { ...comparison, threshold, isDrift: p <= thresholds.p_max && effect >= threshold };
}

export function noiseName({ figure, detector }: Pick<Comparison, "figure" | "detector">): string {
  return `${figure}/${detector}`;
}

/**
 * How much the parts of a baseline, each as long as a window, differ from the whole. A part is in the whole too, which makes
 * the difference smaller than it is by its share; that is put right.
 */
export function ownNoise(whole: Summary, parts: readonly Summary[], samplesMin: number): OwnNoise {
  const noise: OwnNoise = {};
  for (const part of parts) {
    const rest = 1 - part.calls / Math.max(whole.calls, 1);
    // One that is nearly all of it says nothing.
    if (rest < 0.4) continue;
    for (const each of compareSummaries(whole, part, { samplesMin, alike: 1 })) {
      const name = noiseName(each);
      noise[name] = Math.max(noise[name] ?? 0, each.effect / rest);
    }
  }
  return noise;
}
