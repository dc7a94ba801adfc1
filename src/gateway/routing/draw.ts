// A fair draw by weight, by dice or by a name: with a name, the same one always draws the same, on every machine. Each
// place gets a number that is smaller the more it weighs, and the smallest comes first (weighted rendezvous hashing). So
// when a place's weight grows, names move to it and none between the others: a canary grows without shuffling anybody.

/** What a place draws: above 0, up to 1. */
export type Chance = (place: string) => number;

export function byDice(random: () => number): Chance {
  return () => 1 - random();
}

/** What it draws depends on the place and the name, and on nothing else. */
export function byName(name: string): Chance {
  return (place) => (Bun.hash.xxHash32(`${place}\n${name}`) + 0.5) / 2 ** 32;
}

/** Smaller comes first; a weight of 0 comes after all others. It is exponentially distributed, with the weight as its rate. */
export function drawNumber(weight: number, chance: number): number {
  return weight > 0 ? -Math.log(chance) / weight : Number.POSITIVE_INFINITY;
}
