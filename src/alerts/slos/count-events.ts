// Good and bad events of an objective in a stretch of time, a pair for each series.
import { type Dimension, filterOf, fingerprintOf, type Labels, labelsOf } from "../dimensions.ts";
import type { AlertSources, FiguresQuery } from "../figures.ts";
import type { Counts } from "./burn.ts";
import type { OutcomeName, Slo } from "./config.ts";

export interface SeriesCounts extends Counts {
  labels: Labels;
}

export interface Stretch {
  since_ms: number;
  until_ms: number;
  /** Series at the most; whose records are the most come first. */
  seriesMax: number;
}

export type CountDeps = Pick<AlertSources, "figures" | "scores">;

/** By fingerprint. Undefined where nobody keeps what the objective is about. */
export async function countEvents(
  { of, per, objective }: Pick<Slo, "of" | "per" | "objective">,
  stretch: Stretch,
  { figures, scores }: CountDeps,
): Promise<Map<string, SeriesCounts> | undefined> {
  const query = queryOf({ of, per }, stretch);
  switch (objective.kind) {
    case "availability": {
      const isGood = (outcome: OutcomeName): boolean | undefined =>
        outcome === "ok" ? true : isIn(objective.bad, outcome) ? false : undefined;
      return byOutcome(await outcomesOf(query, figures), per, isGood);
    }
    case "error_kind":
      return byOutcome(await outcomesOf(query, figures), per, (outcome) => !isIn(objective.outcomes, outcome));
    case "first_token":
    case "latency": {
      const figure = objective.kind === "latency" ? "duration" : "first_token";
      return fromWithin(await figures.within({ ...query, figure, bound: objective.within }), per);
    }
    case "cost":
      return fromWithin(
        await figures.within({ ...query, figure: "cost", bound: Math.round(objective.usd * 1e6) }),
        per,
      );
    case "quality": {
      // Judgements are records of their own, of no call's kind.
      const asked = { ...query, where: of, name: objective.score, bound: objective.at_least };
      const rows = await scores?.scores(asked);
      return (
        rows &&
        fromWithin(
          rows.map((row) => ({ ...row, within: row.at_least })),
          per,
        )
      );
    }
  }
}

function isIn(list: readonly OutcomeName[], outcome: OutcomeName): boolean {
  return list.includes(outcome);
}

export function queryOf(
  { of, per }: Pick<Slo, "of" | "per">,
  { since_ms, until_ms, seriesMax }: Stretch,
): FiguresQuery {
  return { since_ms, until_ms, by: per, where: filterOf({ of, per }), limit: seriesMax };
}

const OUTCOMES = 5;

export interface OutcomeRow {
  key: Readonly<Record<string, string | null>>;
  records: number;
}

/** The same, told apart by how records ended. */
export function outcomesOf(query: FiguresQuery, figures: AlertSources["figures"]): Promise<OutcomeRow[]> {
  const by: readonly Dimension[] = [...query.by, "outcome"];
  return figures.sums({ ...query, by, bucket: "none", about: "records", limit: query.limit * OUTCOMES });
}

/** Good, bad, or not counted: undefined. */
export function byOutcome(
  rows: readonly OutcomeRow[],
  per: readonly Dimension[],
  isGood: (outcome: OutcomeName) => boolean | undefined,
): Map<string, SeriesCounts> {
  const series = new Map<string, SeriesCounts>();
  for (const { key, records } of rows) {
    const good = isGood(key["outcome"] as OutcomeName);
    if (good === undefined) continue;
    const counts = seriesAt(series, labelsOf(key, per));
    if (good) counts.good += records;
    else counts.bad += records;
  }
  return series;
}

function fromWithin(
  rows: readonly { key: Readonly<Record<string, string | null>>; count: number; within: number }[],
  per: readonly Dimension[],
): Map<string, SeriesCounts> {
  const series = new Map<string, SeriesCounts>();
  for (const { key, count, within } of rows) {
    const counts = seriesAt(series, labelsOf(key, per));
    counts.good += within;
    counts.bad += count - within;
  }
  return series;
}

function seriesAt(series: Map<string, SeriesCounts>, labels: Labels): SeriesCounts {
  const name = fingerprintOf(labels);
  const found = series.get(name) ?? { labels, good: 0, bad: 0 };
  series.set(name, found);
  return found;
}
