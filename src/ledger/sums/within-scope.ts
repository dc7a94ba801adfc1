// Sums of what somebody sees: whatever they ask for, their bounds are part of the question. With an organisation among the dimensions
// the same tables answer, and what is in none of them comes from the records; both are exact.
import type { RecordScope } from "../filter/scope.ts";
import type { SumDimension, Sums, SumWhere } from "./contract.ts";

export function sumsWithin(sums: Sums, within: RecordScope | undefined): Sums {
  if (within === undefined) return sums;
  const bounds = boundsOf(within);
  return {
    ...sums,
    sums: (query) => sums.sums({ ...query, where: withBounds(query.where, bounds) }),
    within: (query) => sums.within({ ...query, where: withBounds(query.where, bounds) }),
    costliest: (query) => sums.costliest({ ...query, where: withBounds(query.where, bounds) }),
  };
}

type Bounds = readonly (readonly [SumDimension, string | null])[];

function boundsOf({ organisation, project, user, key }: RecordScope): Bounds {
  const named = { project, user, key };
  const more = (["project", "user", "key"] as const).flatMap((dimension) => {
    const value = named[dimension];
    return value === undefined ? [] : [[dimension, value] as const];
  });
  return [["organisation", organisation], ...more];
}

/** Who asks for another than their own asks for nothing. */
function withBounds(where: SumWhere = {}, bounds: Bounds): SumWhere {
  const bound: SumWhere = { ...where };
  for (const [dimension, value] of bounds)
    bound[dimension] = (where[dimension] ?? [value]).filter((each) => each === value);
  return bound;
}
