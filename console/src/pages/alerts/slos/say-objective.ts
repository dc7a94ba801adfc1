// What an objective asks for, in a sentence. Pure.
import type { SloView } from "../../../../../src/alerts/contract.ts";
import { formatDuration } from "../../../format/figures.ts";

type Objective = Readonly<Record<string, unknown>>;

/** `99.5 % of calls answered, over 30 d`. */
export function sayObjective({
  spec,
  target,
  window_ms: windowMs,
}: Pick<SloView, "spec" | "target" | "window_ms">): string {
  const objective = (spec["objective"] ?? {}) as Objective;
  return `${target} % ${sayGood(objective)}, over ${formatDuration(windowMs)}`;
}

function sayGood(objective: Objective): string {
  const within = formatDuration(Number(objective["within"] ?? 0));
  switch (objective["kind"]) {
    case "availability":
      return "of calls answered";
    case "error_kind":
      return `of calls not ${(objective["outcomes"] as string[]).join(" or ")}`;
    case "first_token":
      return `of first tokens within ${within}`;
    case "latency":
      return `of calls done within ${within}`;
    case "cost":
      return `of calls for $${String(objective["usd"])} at most`;
    case "quality":
      return `of ${String(objective["score"])} at least ${String(objective["at_least"])}`;
    default:
      return "of what it counts";
  }
}

/** `route helpdesk; one for each model`. Empty where it is of everything. */
export function sayOf(spec: Readonly<Record<string, unknown>>): string {
  const of = Object.entries((spec["of"] ?? {}) as Record<string, string | string[]>).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join(" or ") : value}`,
  );
  const per = (spec["per"] ?? []) as string[];
  return [of.join(", "), per.length === 0 ? "" : `one for each ${per.join(" and ")}`].filter(Boolean).join("; ");
}

/** Of the series with the least left of its budget; what is not known comes last. */
export function worstLeft({ series }: Pick<SloView, "series">): number {
  return Math.min(2, ...series.map(({ budget_left: left }) => left));
}
