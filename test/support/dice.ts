// Randomness that a seed repeats, so that a failure can be seen again. For tests alone: linear congruential, and quick.

/** Numbers in [0, 1). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Whole numbers from 0 up to, and not with, `below`. */
export type Dice = (below: number) => number;

export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  return (below) => Math.floor(random() * below);
}
