// The config's thresholds as the comparisons take them.
import type { Thresholds } from "../comparing/thresholds.ts";
import type { DriftConfig } from "../config.ts";

export function thresholdsOf(config: DriftConfig["thresholds"]): Thresholds {
  return {
    p_max: config.p_max,
    effect_min: {
      ks: config.ks_min,
      wasserstein: config.wasserstein_min,
      psi: config.psi_min,
      jensen_shannon: config.jensen_shannon_min,
      chi_square: config.mix_min,
      centroid: config.centroid_min,
    },
    share_effect_min: config.share_min,
    own_noise_factor: config.own_noise_factor,
  };
}
