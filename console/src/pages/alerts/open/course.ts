// How an alert's figure went over time, where the record has it: what to ask of the API's series, and how its rows become points.
// The rule's own window slides; a step here is a minute, an hour or a day, as the API sums them. Pure.
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import type { SumRow } from "../../../../../src/ledger/contract.ts";
import type { SeriesQuery } from "../../../../../src/observability/contract.ts";

export interface Course {
  title: string;
  unit: string;
  query: SeriesQuery;
  pointsOf(rows: readonly SumRow[]): [number, number][];
  /** What is too bad, in the unit of the points. */
  bound: number | null;
}

type Spec = Readonly<Record<string, unknown>>;
type Where = Readonly<Record<string, string>>;

export interface CourseOf {
  alert: AlertView;
  /** Of its rule; undefined where there is none any more. */
  rule: Spec | undefined;
  /** Of the objective that it is about. */
  slo: Spec | undefined;
  startMs: number;
  endMs: number;
  nowMs: number;
}

/** Null where no series of the figure is on record: lags of signals, distances of drift, budgets. */
export function courseOf({ alert, rule, slo, startMs, endMs, nowMs }: CourseOf): Course | null {
  const about = { ...rule, ...(alert.kind === "slo_burn" ? slo : undefined) };
  const where = whereOf(about, alert.labels);
  const stretch = (fromMs: number): Stretch => ({
    since_ms: fromMs,
    until_ms: endMs,
    bucket: bucketOf({ fromMs, endMs, nowMs }),
  });
  const asked = stretch(startMs);
  switch (alert.kind) {
    case "error_spike":
      return shares({ query: { ...asked, ...where }, bad: about["bad"], bound: alert.threshold, allowed: null });
    case "slo_burn":
      return burnCourse({ slo, query: { ...asked, ...where }, threshold: alert.threshold });
    case "cost":
      return spendSoFar({ ...stretch(beginOf(alert, startMs)), ...plainWhere(about, alert.labels) }, alert, endMs);
    case "cost_anomaly":
      return {
        title: "Spend, by the hour",
        unit: "usd_micros",
        query: query({ ...asked, ...plainWhere(about, alert.labels), bucket: "hour" }),
        pointsOf: (rows) => each(rows, (row) => row.cost_usd_micros),
        bound: alert.threshold,
      };
    case "latency":
      return slowness({ ...asked, ...where }, about["of_what"] === "first_token", alert.threshold);
    case "no_data":
      return {
        title: "Records",
        unit: "records",
        query: query({ ...asked, ...where }),
        pointsOf: (rows) => each(rows, (row) => row.records),
        bound: null,
      };
    default:
      return null;
  }
}

interface Stretch {
  since_ms: number;
  until_ms: number;
  bucket: "minute" | "hour" | "day";
}

const hourMs = 3_600_000;

/** Minutes are kept for two days or so, and a long time has too many of them. */
export function bucketOf({
  fromMs,
  endMs,
  nowMs,
}: {
  fromMs: number;
  endMs: number;
  nowMs: number;
}): Stretch["bucket"] {
  if (endMs - fromMs <= 12 * hourMs && fromMs > nowMs - 24 * hourMs) return "minute";
  return endMs - fromMs <= 8 * 24 * hourMs ? "hour" : "day";
}

/** The query's dimensions are words that the API checks. */
const query = (fields: Readonly<Record<string, unknown>>): SeriesQuery => ({ limit: 50, order: "records", ...fields });

function slowness(fields: Spec, isFirstToken: boolean, bound: number | null): Course {
  return {
    title: isFirstToken ? "Time to the first token, p95" : "Duration, p95",
    unit: "ms",
    query: query(fields),
    pointsOf: (rows) => each(rows, (row) => (isFirstToken ? row.first_token : row.duration)?.p95_ms ?? null),
    bound,
  };
}

/** Of each step's calls, the share that went badly. `allowed` turns it into how fast a budget burns. */
function shares(of: { query: Spec; bad: unknown; bound: number | null; allowed: number | null }): Course {
  const bad = new Set(listOf(of.bad ?? ["failed", "truncated"]));
  const { allowed } = of;
  return {
    title: allowed === null ? "Share of calls that went badly" : "How fast the budget burns",
    unit: allowed === null ? "share" : "×",
    query: query({ ...of.query, by: "outcome" }),
    pointsOf: (rows) =>
      perStep(rows).flatMap(([ms, step]): [number, number][] => {
        const wrong = sum(step.filter(({ key }) => bad.has(key["outcome"] ?? "")));
        const right = sum(step.filter(({ key }) => key["outcome"] === "ok"));
        const share = wrong / (wrong + right);
        return wrong + right === 0 ? [] : [[ms, allowed === null ? share : share / allowed]];
      }),
    bound: of.bound,
  };
}

/** Only what calls ended like is kept by the step; how many came in time is not. */
function burnCourse(of: { slo: Spec | undefined; query: Spec; threshold: number | null }): Course | null {
  const objective = of.slo?.["objective"] as { kind?: string; bad?: unknown } | undefined;
  const target = of.slo?.["target"];
  if (objective?.kind !== "availability" || typeof target !== "number") return null;
  return shares({ query: of.query, bad: objective.bad, bound: of.threshold, allowed: (100 - target) / 100 });
}

/** From the beginning of the hour, day or month that the rule counts: what was spent by then. */
function spendSoFar(fields: Spec, { threshold, facts }: AlertView, endMs: number): Course {
  return {
    title: `Spent so far this ${String(facts["every"] ?? "while")}`,
    unit: "usd_micros",
    query: query(fields),
    pointsOf(rows) {
      let spent = 0;
      const points = perStep(rows).map(([ms, step]): [number, number] => {
        const before = spent;
        spent += step.reduce((total, row) => total + row.cost_usd_micros, 0);
        return [ms, before];
      });
      return points.length === 0 ? [] : [...points, [endMs, spent]];
    },
    bound: threshold,
  };
}

function beginOf({ facts }: AlertView, startMs: number): number {
  return typeof facts["since_ms"] === "number" ? facts["since_ms"] : startMs;
}

function perStep(rows: readonly SumRow[]): [number, SumRow[]][] {
  const steps = new Map<number, SumRow[]>();
  for (const row of rows) {
    if (row.at_ms !== null) steps.set(row.at_ms, [...(steps.get(row.at_ms) ?? []), row]);
  }
  return [...steps].sort(([one], [other]) => one - other);
}

function each(rows: readonly SumRow[], read: (row: SumRow) => number | null): [number, number][] {
  return perStep(rows).flatMap(([ms, [row]]): [number, number][] => {
    const value = row === undefined ? null : read(row);
    return value === null ? [] : [[ms, value]];
  });
}

const sum = (rows: readonly SumRow[]): number => rows.reduce((total, { records }) => total + records, 0);

/** What a rule or an objective looks at, and which series of it this is: as the API's queries say it. */
export function plainWhere(spec: Spec | undefined, labels: Readonly<Record<string, string>>): Where {
  const of = Object.entries((spec?.["of"] ?? {}) as Spec).map(([name, value]) => [name, listOf(value).join(",")]);
  const per = listOf(spec?.["per"]);
  const own = Object.entries(labels).filter(([name]) => per.includes(name));
  return Object.fromEntries([...of, ...own]) as Where;
}

const ofOthers = ["service", "environment", "key", "user", "tag", "prompt"];

/** Unless it says otherwise: calls through the gateway, or where something of other programs is named, calls of them too. */
function whereOf(spec: Spec | undefined, labels: Readonly<Record<string, string>>): Where {
  const where = plainWhere(spec, labels);
  if (where["own"] !== undefined || where["kind"] !== undefined) return where;
  const isOfOthers = ofOthers.some((name) => name in where);
  return isOfOthers ? { ...where, kind: "call,embedding,rerank" } : { ...where, own: "true" };
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null ? [] : [String(value)];
}
