// The tabular CUSUM: what values exceed their target by, beyond a slack, added up as long as it is more than nought; so too
// below. It starts anew after each alarm.

export interface CusumSettings {
  target: number;
  /** What is let pass each time; half of the shift that should be found. */
  slack: number;
  /** The sum that alarms. */
  limit: number;
}

export interface CusumState {
  high: number;
  low: number;
  isAlarm: boolean;
}

export interface Cusum {
  update(value: number): CusumState;
}

export function createCusum({ target, slack, limit }: CusumSettings): Cusum {
  let state: CusumState = { high: 0, low: 0, isAlarm: false };
  return {
    update(value) {
      const from = state.isAlarm ? { high: 0, low: 0 } : state;
      const high = Math.max(0, from.high + value - target - slack);
      const low = Math.max(0, from.low + target - slack - value);
      state = { high, low, isAlarm: high > limit || low > limit };
      return state;
    },
  };
}
