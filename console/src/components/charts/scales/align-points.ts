// Series of points on one common row of moments, as they are drawn: what is not there stays a gap.

export type Point = readonly [ms: number, value: number | null];
/** Undefined where a series has no point of its own at that moment; null where it says that there was nothing. */
export type Row = (number | null | undefined)[];

export interface Aligned {
  xs: number[];
  rows: Row[];
}

/** `stepMs`: points further apart than that leave a gap between them. */
export function alignPoints(series: readonly (readonly Point[])[], stepMs: number | null): Aligned {
  const whole = series.map((points) => (stepMs === null ? points : withGaps(points, stepMs)));
  const xs = [...new Set(whole.flatMap((points) => points.map(([ms]) => ms)))].sort((a, b) => a - b);
  const places = new Map(xs.map((ms, index) => [ms, index]));
  const rows = whole.map((points) => {
    const row: Row = Array.from({ length: xs.length });
    for (const [ms, value] of points) row[places.get(ms) ?? 0] = value;
    return row;
  });
  return { xs, rows };
}

/** Each row on top of those before it. Where none has a figure there is none. */
export function stackRows(rows: readonly Row[]): Row[] {
  const sums: Row = [];
  return rows.map((row) =>
    row.map((value, index) => {
      if (typeof value === "number") sums[index] = (sums[index] ?? 0) + value;
      const isKnown = rows.some((other) => typeof other[index] === "number");
      return isKnown ? (sums[index] ?? 0) : null;
    }),
  );
}

/** The smallest distance between neighbours; null with fewer than two points. */
export function smallestStep(series: readonly (readonly Point[])[]): number | null {
  const least = distances(series).reduce((one, other) => Math.min(one, other), Infinity);
  return least === Infinity ? null : least;
}

/** The same where most neighbours are that far apart: what is missing between the others is then a gap. Null for points at any time. */
export function regularStep(series: readonly (readonly Point[])[]): number | null {
  const all = distances(series);
  const least = smallestStep(series);
  if (least === null) return null;
  const regular = all.filter((distance) => distance <= least * 1.01);
  return all.length >= 3 && regular.length >= all.length * 0.6 ? least : null;
}

function distances(series: readonly (readonly Point[])[]): number[] {
  return series.flatMap((points) =>
    points.slice(1).flatMap(([ms], index) => {
      const distance = ms - (points[index]?.[0] ?? ms);
      return distance > 0 ? [distance] : [];
    }),
  );
}

/** The place in `xs`, which ascends, that is nearest to `ms`; -1 in an empty one. */
export function nearest(xs: readonly number[], ms: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [xs[low - 1], xs[low]];
  return before !== undefined && after !== undefined && ms - before < after - ms ? low - 1 : high;
}

function withGaps(points: readonly Point[], stepMs: number): Point[] {
  return points.flatMap((point, index): Point[] => {
    const before = points[index - 1];
    const isApart = before !== undefined && point[0] - before[0] > stepMs * 1.5;
    return isApart ? [[before[0] + stepMs, null], point] : [point];
  });
}
