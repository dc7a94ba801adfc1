// What a detector says of two summaries: how large the difference is, and how likely by chance alone. Whether that is drift is
// decided elsewhere, so that thresholds can be tried on the same measures.

export const detectors = ["ks", "psi", "wasserstein", "chi_square", "jensen_shannon", "centroid"] as const;
export type Detector = (typeof detectors)[number];

export interface Measure {
  detector: Detector;
  /** In the detector's own unit; see docs/guide/drift.md. */
  effect: number;
  /** Of so much or more where nothing has changed, if calls were independent of each other. */
  p: number;
}
