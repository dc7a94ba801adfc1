// Randomness that a seed repeats: each name has a sequence of its own, so that a drill which draws more from one of them
// does not change what another gives.

export interface Dice {
  /** Uniform in [0, 1). */
  random(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
}

const FRACTION_BITS = 53n;

export function createDice(seed: number, name: string): Dice {
  let drawn = 0;
  const random = (): number => {
    drawn += 1;
    return Number(Bun.hash.wyhash(`${seed}/${name}/${drawn}`) >> (64n - FRACTION_BITS)) / 2 ** Number(FRACTION_BITS);
  };
  return { random, between: (least, most) => least + Math.floor(random() * (most - least + 1)) };
}
