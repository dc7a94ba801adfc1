// Repeatable choices: the same seed gives the same row of numbers on every machine and version. The World's randomness
// is for what should differ from call to call (jitter, faults); this is for what must not (the words of an answer).

export interface Seeded {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
}

/** A 32-bit number for a text; xxHash32 because its results are fixed by its specification. */
export function seedFromText(text: string, seed = 0): number {
  return Bun.hash.xxHash32(text, seed >>> 0);
}

/** Marsaglia's xorshift with 32 bits of state: plenty for choosing words, useless for secrets. */
export function createSeeded(seed: number): Seeded {
  let state = seed >>> 0 || 0x9e3779b9;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
  return {
    next,
    whole: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error("there is nothing to pick from");
      return list[Math.floor(next() * list.length)] as T;
    },
  };
}
