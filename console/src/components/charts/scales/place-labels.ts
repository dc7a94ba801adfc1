// Labels beside what they name, none upon another.

/**
 * Where labels of one size stand that would like to be at `wanted`: in the same order, each as near as it can be, all of
 * them between `min` and `max` (of their middles). As many as are given must fit; `countFitting` says how many do.
 */
export function placeLabels(
  wanted: readonly number[],
  size: number,
  { min, max }: { min: number; max: number },
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const free = pool(order.map((index, rank) => (wanted[index] ?? 0) - rank * size));
  const last = max - (order.length - 1) * size;
  const placed: number[] = [];
  order.forEach((index, rank) => {
    placed[index] = Math.max(min, Math.min(last, free[rank] ?? min)) + rank * size;
  });
  return placed;
}

export function countFitting(size: number, { min, max }: { min: number; max: number }): number {
  return Math.max(0, Math.floor((max - min) / size + 1e-9) + 1);
}

/** Those of `spans` that can be written in a row without touching, the more important ones first: true for each that can. */
export function chooseApart(spans: readonly { from: number; to: number }[]): boolean[] {
  const taken: { from: number; to: number }[] = [];
  return spans.map((span) => {
    if (taken.some(({ from, to }) => span.from < to && span.to > from)) return false;
    taken.push(span);
    return true;
  });
}

/** The nearest row of figures that never falls: neighbours in the wrong order share their mean. */
function pool(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    let block = { sum: value, count: 1 };
    for (let before = blocks.at(-1); before !== undefined && meanOf(before) > meanOf(block); before = blocks.at(-1)) {
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => meanOf(block)));
}

function meanOf({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}
