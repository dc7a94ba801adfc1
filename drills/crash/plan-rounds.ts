// When to kill: decided from the seed before anything runs.
import { createDice } from "../run/dice.ts";

const KILL_AFTER_MS = { least: 500, most: 2500 };

/** For each round, how long after the load has begun. */
export function planRounds(seed: number, rounds: number): number[] {
  const dice = createDice(seed, "rounds");
  return Array.from({ length: rounds }, () => dice.between(KILL_AFTER_MS.least, KILL_AFTER_MS.most));
}
