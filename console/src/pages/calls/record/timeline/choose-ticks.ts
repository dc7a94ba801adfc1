// Marks for a scale of time: round numbers, about four of them, from zero on.

export function chooseTicks(spanMs: number): number[] {
  const rough = spanMs / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power * 10;
  const ticks: number[] = [];
  // Counted rather than summed, so that no rounding error grows along the scale.
  for (let index = 0; index * step < spanMs * 0.93; index += 1) ticks.push(Number((index * step).toPrecision(6)));
  return ticks;
}
