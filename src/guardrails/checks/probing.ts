// Whether somebody asks nearly the same again and again, as who draws a model or a prompt out does. Of each key the last requests are
// remembered as small fingerprints, for a time; nothing of their texts is.

export interface ProbingConfig {
  enabled: boolean;
  similar_min: number;
  window: number;
  keys_max: number;
  requests_max: number;
}

export interface Probing {
  /** How many requests of this key within the window are nearly this one, this one included. */
  note(keyId: string, text: string): number;
}

interface Remembered {
  prints: Int32Array;
  atMs: Float64Array;
  next: number;
}

/** Numbers of a fingerprint, and how many of them two texts must share to be nearly the same. */
const PRINT_LENGTH = 8;
const SHARED_MIN = 5;
const GRAM_LENGTH = 5;
/** What follows says little more. */
const TEXT_LENGTH_MAX = 512;

export function createProbing({ window, keys_max, requests_max }: ProbingConfig, nowMs: () => number): Probing {
  const keys = new Map<string, Remembered>();

  function rememberedOf(keyId: string): Remembered {
    const known = keys.get(keyId) ?? {
      prints: new Int32Array(requests_max * PRINT_LENGTH),
      atMs: new Float64Array(requests_max).fill(Number.NEGATIVE_INFINITY),
      next: 0,
    };
    // Whoever asked longest ago is forgotten first.
    keys.delete(keyId);
    keys.set(keyId, known);
    const [oldest] = keys.keys();
    if (keys.size > keys_max && oldest !== undefined) keys.delete(oldest);
    return known;
  }

  return {
    note(keyId, text) {
      const print = fingerprintOf(text);
      const remembered = rememberedOf(keyId);
      const sinceMs = nowMs() - window;
      let count = 1;
      for (let at = 0; at < requests_max; at += 1)
        if ((remembered.atMs[at] ?? 0) >= sinceMs && isAlike(remembered.prints, at, print)) count += 1;
      remembered.prints.set(print, remembered.next * PRINT_LENGTH);
      remembered.atMs[remembered.next] = nowMs();
      remembered.next = (remembered.next + 1) % requests_max;
      return count;
    },
  };
}

function isAlike(prints: Int32Array, at: number, print: Int32Array): boolean {
  let shared = 0;
  for (let place = 0; place < PRINT_LENGTH; place += 1)
    if (prints[at * PRINT_LENGTH + place] === print[place]) shared += 1;
  return shared >= SHARED_MIN;
}

/** The least hash of its short stretches, in as many ways of hashing: the more stretches are shared, the more of these are. */
function fingerprintOf(text: string): Int32Array {
  const plain = text.slice(0, TEXT_LENGTH_MAX).toLowerCase().replaceAll(/\d+/g, "0").replaceAll(/\s+/g, " ");
  const print = new Int32Array(PRINT_LENGTH).fill(0x7fffffff);
  for (let at = 0; at + GRAM_LENGTH <= plain.length; at += 1) {
    let hash = 0;
    for (let step = 0; step < GRAM_LENGTH; step += 1) hash = Math.imul(hash, 31) + plain.charCodeAt(at + step);
    for (let way = 0; way < PRINT_LENGTH; way += 1) {
      const mixed = Math.imul(hash ^ (way * 0x9e3779b1), 0x85ebca6b);
      const value = mixed ^ (mixed >>> 13);
      if (value < (print[way] ?? 0)) print[way] = value;
    }
  }
  return print;
}
