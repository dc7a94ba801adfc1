// Randomness that a seed repeats. Each name has a sequence of its own, so that what one part draws changes nothing for another.

export interface Dice {
  /** Uniform in [0, 1). */
  random(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** By weights that need not add up to anything. */
  weighted<T extends { weight: number }>(from: readonly T[]): T;
  chance(share: number): boolean;
  /** Around one: mostly a little less, seldom far more. */
  spread(sigma: number): number;
}

const FRACTION_BITS = 53n;

export function createDice(seed: number, name: string): Dice {
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return Number(Bun.hash.wyhash(`${seed}/${name}/${drawn}`) >> (64n - FRACTION_BITS)) / 2 ** Number(FRACTION_BITS);
  };
  return {
    random,
    between: (least, most) => least + Math.floor(random() * (most - least + 1)),
    pick: (from) => at(from, Math.floor(random() * from.length)),
    weighted(from) {
      let left = random() * from.reduce((sum, { weight }) => sum + weight, 0);
      return from.find(({ weight }) => (left -= weight) < 0) ?? at(from, from.length - 1);
    },
    chance: (share) => random() < share,
    spread(sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      return Math.exp(normal * sigma - (sigma * sigma) / 2);
    },
  };
}

function at<T>(from: readonly T[], index: number): T {
  const found = from[index];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found;
}
