// ADWIN (Bifet and Gavaldà 2007): a window of the newest values that is cut where its older part has another mean than its newer.
// Old values are held in rows of ever larger buckets, so that a window of n takes log n of room. Parameters and results are
// those of River's `ADWIN`, which starts anew after each change.
import type { ChangeDetector } from "./page-hinkley.ts";

export interface AdwinSettings {
  /** The smaller, the fewer false alarms. */
  delta?: number;
  /** Looks for a change once in so many values. */
  clock?: number;
  bucketsMax?: number;
  windowMin?: number;
  graceCount?: number;
}

export interface Adwin extends ChangeDetector {
  width(): number;
  mean(): number;
}

interface Bucket {
  total: number;
  /** The sum of squared distances from its mean. */
  spread: number;
}

interface Window {
  /** Oldest first in each row; a bucket of row r holds 2^r values, and later rows are older. */
  rows: Bucket[][];
  width: number;
  total: number;
  spread: number;
  ticks: number;
}

export function createAdwin(settings: AdwinSettings = {}): Adwin {
  const { delta = 0.002, clock = 32, bucketsMax = 5, windowMin = 5, graceCount = 10 } = settings;
  let window = emptyWindow();
  let wasChange = false;
  return {
    width: () => window.width,
    mean: () => (window.width === 0 ? 0 : window.total / window.width),
    update(value) {
      if (wasChange) window = emptyWindow();
      insert(window, value, bucketsMax);
      window.ticks += 1;
      const isDue = window.ticks % clock === 0 && window.width > graceCount;
      wasChange = isDue && cutWindow(window, { delta, windowMin });
      return wasChange;
    },
  };
}

function emptyWindow(): Window {
  return { rows: [[]], width: 0, total: 0, spread: 0, ticks: 0 };
}

function insert(window: Window, value: number, bucketsMax: number): void {
  window.rows[0]?.push({ total: value, spread: 0 });
  window.width += 1;
  if (window.width > 1)
    window.spread += ((window.width - 1) * (value - window.total / (window.width - 1)) ** 2) / window.width;
  window.total += value;
  for (let row = 0; (window.rows[row]?.length ?? 0) > bucketsMax; row += 1) mergeOldest(window, row);
}

function mergeOldest({ rows }: Window, row: number): void {
  const [one, other] = rows[row]?.splice(0, 2) ?? [];
  if (!one || !other) return;
  const size = 2 ** row;
  const between = (size * size * (one.total / size - other.total / size) ** 2) / (2 * size);
  const next = (rows[row + 1] ??= []);
  next.push({ total: one.total + other.total, spread: one.spread + other.spread + between });
}

interface Cutting {
  delta: number;
  windowMin: number;
}

/** Drops the oldest bucket as long as some cut shows two means; true where it did. */
function cutWindow(window: Window, cutting: Cutting): boolean {
  let hasCut = false;
  while (showsTwoMeans(window, cutting)) {
    dropOldest(window);
    hasCut = true;
  }
  return hasCut;
}

function showsTwoMeans({ rows, width, total, spread }: Window, { delta, windowMin }: Cutting): boolean {
  const logarithm = Math.log((2 * Math.log(width)) / delta);
  let [olderCount, olderTotal] = [0, 0];
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    for (const bucket of rows[row] ?? []) {
      olderCount += 2 ** row;
      olderTotal += bucket.total;
      const newerCount = width - olderCount;
      if (newerCount < windowMin || olderCount < windowMin) continue;
      const difference = olderTotal / olderCount - (total - olderTotal) / newerCount;
      const weight = 1 / (olderCount - windowMin + 1) + 1 / (newerCount - windowMin + 1);
      const bound = Math.sqrt(2 * weight * (spread / width) * logarithm) + (2 / 3) * logarithm * weight;
      if (Math.abs(difference) > bound) return true;
    }
  }
  return false;
}

function dropOldest(window: Window): void {
  const row = window.rows.length - 1;
  const bucket = window.rows[row]?.shift();
  if (!bucket) return;
  const size = 2 ** row;
  window.width -= size;
  window.total -= bucket.total;
  const between =
    (size * window.width * (bucket.total / size - window.total / window.width) ** 2) / (size + window.width);
  window.spread -= bucket.spread + between;
  if (window.rows[row]?.length === 0 && row > 0) window.rows.pop();
}
