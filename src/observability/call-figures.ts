// Counts and durations of calls by label set, added up as plain numbers: prom-client's own counters hash their labels
// at every step (seven times a call, 5 µs); this takes well under one. prom-client still writes them out.
import type { CallRecord } from "../ledger/contract.ts";

export type Labels = { route: string; target: string; outcome: string };

export interface Figures {
  labels: Labels;
  calls: number;
  attempts: number;
  costUsdMicros: number;
  /** What answers that were kept would have cost again. */
  savedUsdMicros: number;
  /** Answered without a vendor: from the cache, or with another call's answer. */
  cachedCalls: number;
  inputTokens: number;
  outputTokens: number;
  total: Durations;
  first: Durations;
}

export interface Durations {
  sumSeconds: number;
  count: number;
  /** How many fell into each bucket, not cumulated; the last is beyond all bounds. */
  buckets: number[];
}

/** Upper bounds in seconds: from a cache hit to a model that thinks for minutes. */
export const bucketBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

const ANSWERED_AGAIN: ReadonlySet<string> = new Set(["hit", "semantic", "joined"]);

const LABEL_SETS_MAX = 500;

export interface CallFigures {
  add(record: CallRecord): void;
  all(): Iterable<Figures>;
}

export function createCallFigures(): CallFigures {
  const byLabels = new Map<string, Figures>();

  function figuresFor({ route, answer, attempts, outcome }: CallRecord): Figures {
    // A call that reached no target carries whatever its caller wrote; it is counted, not named.
    const target = answer?.target ?? attempts.at(-1)?.target;
    const labels = target === undefined ? { route: "(none)", target: "(none)" } : { route: route.name, target };
    const key = `${labels.route}\n${labels.target}\n${outcome}`;
    const known = byLabels.get(key);
    if (known) return known;
    // Callers choose names, so there may be any number of them: beyond the bound they share one set an outcome.
    if (byLabels.size >= LABEL_SETS_MAX)
      return remember(`(other) ${outcome}`, { route: "(other)", target: "(other)", outcome });
    return remember(key, { ...labels, outcome });
  }

  function remember(key: string, labels: Labels): Figures {
    const figures = byLabels.get(key) ?? newFigures(labels);
    byLabels.set(key, figures);
    return figures;
  }

  return {
    all: () => byLabels.values(),
    add(record) {
      const figures = figuresFor(record);
      figures.calls += 1;
      figures.attempts += record.attempts.length;
      figures.costUsdMicros += record.cost.usd_micros ?? 0;
      figures.savedUsdMicros += record.cached?.saved_usd_micros ?? 0;
      figures.cachedCalls += Number(ANSWERED_AGAIN.has(record.cache));
      figures.inputTokens += record.tokens.input;
      figures.outputTokens += record.tokens.output;
      addDuration(figures.total, record.timings.total_ms);
      if (record.timings.first_token_ms !== null) addDuration(figures.first, record.timings.first_token_ms);
    },
  };
}

/** One counter over all label sets, as prom-client's registry takes it. */
export function counterOf(
  figures: CallFigures,
  { name, help, read }: { name: string; help: string; read: (of: Figures) => number },
) {
  const values = [...figures.all()].map((each) => ({ labels: { ...each.labels }, value: read(each) }));
  return { name, help, type: "counter", aggregator: "sum", values };
}

/** One histogram over all label sets. */
export function histogramOf(
  figures: CallFigures,
  { name, help, read }: { name: string; help: string; read: (of: Figures) => Durations },
) {
  const values = [...figures.all()].flatMap((each) => {
    const { buckets, count, sumSeconds } = read(each);
    let below = 0;
    const cumulated = bucketBounds.map((bound, index) => {
      below += buckets[index] ?? 0;
      return { labels: { ...each.labels, le: bound }, value: below, metricName: `${name}_bucket` };
    });
    return [
      ...cumulated,
      { labels: { ...each.labels, le: "+Inf" }, value: count, metricName: `${name}_bucket` },
      { labels: { ...each.labels }, value: sumSeconds, metricName: `${name}_sum` },
      { labels: { ...each.labels }, value: count, metricName: `${name}_count` },
    ];
  });
  return { name, help, type: "histogram", aggregator: "sum", values };
}

function newFigures(labels: Labels): Figures {
  return {
    labels,
    calls: 0,
    attempts: 0,
    costUsdMicros: 0,
    savedUsdMicros: 0,
    cachedCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    total: newDurations(),
    first: newDurations(),
  };
}

function newDurations(): Durations {
  return { sumSeconds: 0, count: 0, buckets: Array.from({ length: bucketBounds.length + 1 }, () => 0) };
}

function addDuration(durations: Durations, ms: number): void {
  const seconds = ms / 1000;
  let index = 0;
  while (index < bucketBounds.length && seconds > (bucketBounds[index] ?? 0)) index += 1;
  durations.buckets[index] = (durations.buckets[index] ?? 0) + 1;
  durations.sumSeconds += seconds;
  durations.count += 1;
}
