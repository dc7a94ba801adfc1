// What a query of the API wishes for, as sums take it.
import { nearestNames } from "../../kernel/index.ts";
import { sumDimensions, type SumDimension, type SumWhere } from "../../ledger/contract.ts";
import { observabilityErrors } from "../errors.ts";

const DIMENSIONS_MAX = 3;

/** Throws `observability.unknown_dimension` and `observability.too_many_dimensions`. */
export function readDimensions(by: string | undefined): SumDimension[] {
  const names = (by ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > DIMENSIONS_MAX) throw observabilityErrors.too_many_dimensions({ max: DIMENSIONS_MAX });
  return [...new Set(names)].map((name) => {
    if (isDimension(name)) return name;
    throw observabilityErrors.unknown_dimension({ name, nearest: nearestNames(name, [...sumDimensions]) });
  });
}

function isDimension(name: string): name is SumDimension {
  return (sumDimensions as readonly string[]).includes(name);
}

/** Of a query's fields those that are named after dimensions. An empty value is none. */
export function readWhere(query: Partial<Record<SumDimension, string | undefined>>): SumWhere {
  const where: SumWhere = {};
  for (const dimension of sumDimensions) {
    const wanted = query[dimension];
    if (wanted !== undefined) where[dimension] = wanted.split(",").map((value) => value.trim() || null);
  }
  return where;
}
