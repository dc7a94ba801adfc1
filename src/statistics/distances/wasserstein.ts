// Wasserstein's distance of two samples: the area between their distribution functions, in the unit of the values.

export interface Weighted {
  values: readonly number[];
  /** One each, all 1 where left out. */
  weights?: readonly number[];
}

export function wassersteinDistance(one: Weighted, other: Weighted): number {
  const steps = [...stepsOf(one, 1), ...stepsOf(other, -1)].sort((before, after) => before.at - after.at);
  let area = 0;
  let difference = 0;
  for (const [place, { at, by }] of steps.entries()) {
    difference += by;
    area += Math.abs(difference) * ((steps[place + 1]?.at ?? at) - at);
  }
  return area;
}

function stepsOf({ values, weights }: Weighted, sign: number): { at: number; by: number }[] {
  const total = weights ? weights.reduce((sum, each) => sum + each, 0) : values.length;
  return values.map((at, place) => ({ at, by: (sign * (weights?.[place] ?? 1)) / total }));
}
