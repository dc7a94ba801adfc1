// An exponentially weighted mean with control limits around where it should be.

export interface EwmaSettings {
  mean: number;
  deviation: number;
  /** The weight of the newest value. */
  lambda?: number;
  /** The limits' distance from the mean, in deviations of the weighted mean. */
  width?: number;
}

export interface EwmaState {
  value: number;
  isAlarm: boolean;
}

export interface Ewma {
  upper: number;
  lower: number;
  update(value: number): EwmaState;
}

export function createEwma({ mean, deviation, lambda = 0.2, width = 3 }: EwmaSettings): Ewma {
  const reach = width * deviation * Math.sqrt(lambda / (2 - lambda));
  const [lower, upper] = [mean - reach, mean + reach];
  let weighted = mean;
  return {
    upper,
    lower,
    update(value) {
      weighted = lambda * value + (1 - lambda) * weighted;
      return { value: weighted, isAlarm: weighted > upper || weighted < lower };
    },
  };
}
