// Erosion over all profiles, as candidates for findings.
import type { DriftConfig } from "../config.ts";
import { type Erosion, type ErodingProfile, findErosion } from "../erosion/erosion.ts";
import { profileOf } from "../profile-name.ts";
import { type Candidate, NO_EVIDENCE } from "./candidates.ts";

/** Sizes are compared by their logarithms, and told as shares. */
const isInLogarithms = ({ figure }: Erosion): boolean => figure !== "refusals" && figure !== "failures";

export function erosionCandidates(profiles: readonly ErodingProfile[], { erosion }: DriftConfig): Candidate[] {
  return findErosion(profiles, erosion)
    .filter(({ isErosion }) => isErosion)
    .map((found) => ({
      profile: null,
      kind: "erosion",
      figure: `${found.figure}/${directionOf(found)}`,
      sinceMs: found.since_ms,
      evidence: { ...NO_EVIDENCE, erosion: evidenceOf(found) },
    }));
}

function directionOf({ sign }: Erosion): "more" | "less" {
  return sign > 0 ? "more" : "less";
}

function evidenceOf(found: Erosion): NonNullable<Candidate["evidence"]["erosion"]> {
  const { p, z, profiles, cusum, sign } = found;
  const asShare = (value: number): number => (isInLogarithms(found) ? Math.expm1(sign * value) : sign * value);
  const contributors = found.contributors.map(({ id, slope, slope_low, slope_high, change, days, ...judged }) => {
    const ends = [asShare(slope_low), asShare(slope_high)];
    return {
      ...profileOf(id),
      ...judged,
      days,
      slope: asShare(slope),
      slope_low: Math.min(...ends),
      slope_high: Math.max(...ends),
      change: asShare(change),
    };
  });
  return { direction: directionOf(found), p, z, profiles, change: asShare(found.change), cusum, contributors };
}
