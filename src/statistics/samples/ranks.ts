// Ranks from 1 on, equals sharing the mean of theirs, and how many share each.

/** In the sample's own order. */
export function ranksOf(sample: readonly number[]): number[] {
  const order = [...sample.keys()].sort((one, other) => (sample[one] ?? 0) - (sample[other] ?? 0));
  const ranks: number[] = Array.from({ length: sample.length }, () => 0);
  let from = 0;
  while (from < order.length) {
    let to = from + 1;
    while (to < order.length && sample[order[to] ?? 0] === sample[order[from] ?? 0]) to += 1;
    for (let place = from; place < to; place += 1) ranks[order[place] ?? 0] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** How many there are of each value that is there more than once. */
export function tiesOf(sample: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const each of sample) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}
