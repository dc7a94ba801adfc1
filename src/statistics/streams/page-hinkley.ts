// Page and Hinkley's test: what values differ from their running mean by, added up; an alarm where the sum has come far from
// its lowest, or its highest. Parameters and results are those of River's `PageHinkley`, which fades old sums by `alpha`.

export interface PageHinkleySettings {
  instancesMin?: number;
  /** What a value may differ by without being counted. */
  delta?: number;
  /** The distance that alarms. */
  threshold?: number;
  alpha?: number;
  mode?: "up" | "down" | "both";
}

export interface ChangeDetector {
  /** True where this value tells of a change; the detector then starts anew. */
  update(value: number): boolean;
}

interface State {
  count: number;
  mean: number;
  rise: number;
  fall: number;
  lowestRise: number;
  highestFall: number;
}

const BEGINNING: State = { count: 0, mean: 0, rise: 0, fall: 0, lowestRise: Number.POSITIVE_INFINITY, highestFall: -1 };

export function createPageHinkley(settings: PageHinkleySettings = {}): ChangeDetector {
  const { instancesMin = 30, delta = 0.005, threshold = 50, alpha = 0.9999, mode = "both" } = settings;
  let state = BEGINNING;
  return {
    update(value) {
      const count = state.count + 1;
      const mean = state.mean + (value - state.mean) / count;
      const rise = alpha * state.rise + value - mean - delta;
      const fall = alpha * state.fall + value - mean + delta;
      const lowestRise = Math.min(state.lowestRise, rise);
      const highestFall = Math.max(state.highestFall, fall);
      const isUp = mode !== "down" && rise - lowestRise > threshold;
      const isDown = mode !== "up" && highestFall - fall > threshold;
      const isChange = count >= instancesMin && (isUp || isDown);
      state = isChange ? BEGINNING : { count, mean, rise, fall, lowestRise, highestFall };
      return isChange;
    },
  };
}
