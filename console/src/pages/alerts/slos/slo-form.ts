// An objective as its form has it, and as the API takes it. What the form has no field for stays as it was. Pure.
import type { SloView } from "../../../../../src/alerts/contract.ts";
import type { Matcher } from "../open/matching.ts";

export const objectiveKinds = ["availability", "error_kind", "first_token", "latency", "cost", "quality"] as const;
export type ObjectiveKind = (typeof objectiveKinds)[number];

/** Of these, how calls ended and how long they took is kept for months. */
export const dimensions = ["route", "model", "vendor", "team", "project", "service", "environment"] as const;
export type Dimension = (typeof dimensions)[number];

export interface SloForm {
  name: string;
  description: string;
  kind: ObjectiveKind;
  target: number | null;
  windowMs: number | null;
  withinMs: number | null;
  usdMicros: number | null;
  score: string;
  atLeast: number | null;
  outcomes: readonly string[];
  of: readonly Matcher[];
  per: readonly string[];
}

const dayMs = 86_400_000;

export function formOf(slo: SloView | null): SloForm {
  const spec: Readonly<Record<string, unknown>> = slo?.spec ?? {};
  const objective = (spec["objective"] ?? {}) as Readonly<Record<string, unknown>>;
  const kind = objectiveKinds.find((each) => each === objective["kind"]) ?? "availability";
  const bad = objective[kind === "error_kind" ? "outcomes" : "bad"];
  return {
    name: slo?.name ?? "",
    description: typeof spec["description"] === "string" ? spec["description"] : "",
    kind,
    target: slo?.target ?? 99.5,
    windowMs: slo?.window_ms ?? 30 * dayMs,
    withinMs: numberOf(objective["within"]) ?? 2000,
    usdMicros: Math.round((numberOf(objective["usd"]) ?? 0.01) * 1e6),
    score: typeof objective["score"] === "string" ? objective["score"] : "",
    atLeast: numberOf(objective["at_least"]) ?? 0.7,
    outcomes: Array.isArray(bad) ? bad.map(String) : ["failed", "truncated"],
    of: Object.entries((spec["of"] ?? {}) as Record<string, string | string[]>).map(([name, value]) => ({
      name,
      values: Array.isArray(value) ? value : [value],
    })),
    per: Array.isArray(spec["per"]) ? spec["per"].map(String) : [],
  };
}

/** What is left empty is left out, and the API says what it misses. */
export function specOf(form: SloForm, before: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { description: _before, ...kept } = before;
  const of = form.of.filter(({ values }) => values.length > 0).map(({ name, values }) => [name, [...values]]);
  return {
    ...kept,
    ...(form.description !== "" && { description: form.description }),
    of: Object.fromEntries(of) as Record<string, string[]>,
    per: [...form.per],
    objective: { kind: form.kind, ...objectiveOf(form) },
    target: form.target,
    ...(form.windowMs !== null && { window: form.windowMs }),
  };
}

function objectiveOf(form: SloForm): Record<string, unknown> {
  switch (form.kind) {
    case "availability":
      return { bad: [...form.outcomes] };
    case "error_kind":
      return { outcomes: [...form.outcomes] };
    case "first_token":
    case "latency":
      return { within: form.withinMs };
    case "cost":
      return { usd: form.usdMicros === null ? null : form.usdMicros / 1e6 };
    case "quality":
      return { score: form.score, at_least: form.atLeast };
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
