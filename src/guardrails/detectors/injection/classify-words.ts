// How much a text's words and pairs of words look like attacks: a logistic regression over hashed words, with weights that
// tools/train-injection.ts learns. Windows of a long text are judged each for itself, so that length does not dilute.
import type { Words } from "../words/read-words.ts";

/** 15 bits: 32,768 weights. */
export const BUCKETS = 1 << 15;

export interface Weights {
  bias: number;
  /** Times `scale`. */
  buckets: Int8Array;
  scale: number;
  /** Words of a window; the next one begins halfway. */
  window: number;
}

export interface Window {
  /** Places in the list of words. */
  first: number;
  last: number;
  /** From 0 to 1. */
  probability: number;
}

/** The buckets of one word: itself, its stem, it with the word before, it with the last but one. */
export function bucketsAt({ hashes, stems }: Words, index: number): [number, number, number, number] {
  const hash = hashes[index] ?? 0;
  const before = index > 0 ? (hashes[index - 1] ?? 0) : 7;
  const beforeThat = index > 1 ? (hashes[index - 2] ?? 0) : 11;
  return [
    bucketOf(hash),
    bucketOf(Math.imul(stems[index] ?? 0, 0x9e3779b1)),
    bucketOf(Math.imul(before, 0x85ebca6b) ^ hash),
    bucketOf(Math.imul(beforeThat, 0xc2b2ae35) ^ Math.imul(hash, 0x27d4eb2f)),
  ];
}

function bucketOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}

/** The window that looks most like an attack. */
export function classifyWords(words: Words, { bias, buckets, scale, window }: Weights): Window {
  const { count } = words;
  const sums = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) {
    const [word, stem, pair, skip] = bucketsAt(words, index);
    const weight = (buckets[word] ?? 0) + (buckets[stem] ?? 0) + (buckets[pair] ?? 0) + (buckets[skip] ?? 0);
    sums[index + 1] = (sums[index] ?? 0) + weight;
  }
  let best: Window = { first: 0, last: Math.max(0, count - 1), probability: 0 };
  for (const [first, end] of windowsOf(count, window)) {
    const sum = ((sums[end] ?? 0) - (sums[first] ?? 0)) * scale;
    const probability = 1 / (1 + Math.exp(-(bias + sum / Math.sqrt(end - first))));
    if (probability > best.probability) best = { first, last: end - 1, probability };
  }
  return best;
}

/** `[from, to)` of each window; the last one is whole, too. */
export function windowsOf(count: number, window: number): [number, number][] {
  if (count === 0) return [];
  if (count <= window) return [[0, count]];
  const windows: [number, number][] = [];
  for (let first = 0; first + window < count; first += window >> 1) windows.push([first, first + window]);
  windows.push([count - window, count]);
  return windows;
}
