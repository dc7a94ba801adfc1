// How often a classifier is right where nobody has said so yet: by its own probabilities, if they are calibrated (NannyML's CBPE).

/** Of two classes, said to be the one from `threshold` on. */
export function estimatedAccuracy(probabilities: readonly number[], threshold = 0.5): number {
  const right = probabilities.reduce((sum, each) => sum + (each >= threshold ? each : 1 - each), 0);
  return right / probabilities.length;
}
