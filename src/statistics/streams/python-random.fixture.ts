// For tests: the numbers that Python's random.Random(seed) draws, so that the streams of River's examples can be made again.
// The Mersenne Twister of Matsumoto and Nishimura (1998), seeded as CPython does.

export interface PythonRandom {
  /** In [0, 1), with 53 bits. */
  random(): number;
  choices<Item>(population: readonly Item[], count: number): Item[];
}

const LENGTH = 624;
const MIDDLE = 397;

export function createPythonRandom(seed: number): PythonRandom {
  const state = stateOfKey(seed);
  let place = LENGTH;
  const draw = (): number => {
    if (place >= LENGTH) {
      twist(state);
      place = 0;
    }
    let word = state[place] ?? 0;
    place += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
  const random = (): number => ((draw() >>> 5) * 67_108_864 + (draw() >>> 6)) / 9_007_199_254_740_992;
  return {
    random,
    choices: (population, count) =>
      Array.from({ length: count }, () => population[Math.floor(random() * population.length)]).filter(
        (item) => item !== undefined,
      ),
  };
}

function stateOfKey(seed: number): Uint32Array {
  const state = new Uint32Array(LENGTH);
  state[0] = 19_650_218;
  for (let place = 1; place < LENGTH; place += 1)
    state[place] = Math.imul(1_812_433_253, mixedBefore(state, place)) + place;
  let place = 1;
  const step = (mix: (place: number) => number): void => {
    state[place] = mix(place);
    place += 1;
    if (place < LENGTH) return;
    state[0] = state[LENGTH - 1] ?? 0;
    place = 1;
  };
  for (let round = 0; round < LENGTH; round += 1)
    step((at) => ((state[at] ?? 0) ^ Math.imul(mixedBefore(state, at), 1_664_525)) + seed);
  for (let round = 1; round < LENGTH; round += 1)
    step((at) => ((state[at] ?? 0) ^ Math.imul(mixedBefore(state, at), 1_566_083_941)) - at);
  state[0] = 0x80000000;
  return state;
}

function mixedBefore(state: Uint32Array, place: number): number {
  const before = state[place - 1] ?? 0;
  return before ^ (before >>> 30);
}

function twist(state: Uint32Array): void {
  for (let place = 0; place < LENGTH; place += 1) {
    const word = ((state[place] ?? 0) & 0x80000000) | ((state[(place + 1) % LENGTH] ?? 0) & 0x7fffffff);
    state[place] = (state[(place + MIDDLE) % LENGTH] ?? 0) ^ (word >>> 1) ^ (word % 2 === 0 ? 0 : 0x9908b0df);
  }
}
