// Counts and durations of calls by label set, added up as plain numbers: prom-client's own counters hash their labels
// at every step (seven times a call, 5 µs); this takes well under one. prom-client still writes them out.
import type { CallRecord } from "../../ledger/contract.ts";

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
  /** The last call of each. */
  exemplars: (Exemplar | undefined)[];
}

/** A call that stands for others like it: which trace to look at. */
interface Exemplar {
  traceId: string;
  seconds: number;
  atMs: number;
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
      const { total_ms, first_token_ms } = record.timings;
      addDuration(figures.total, total_ms, record);
      if (first_token_ms !== null) addDuration(figures.first, first_token_ms, record);
    },
  };
}

/** One counter over all label sets. */
export function counterOf(figures: CallFigures, read: (of: Figures) => number) {
  return [...figures.all()].map((each) => ({ labels: { ...each.labels }, value: read(each) }));
}

/** One histogram over all label sets. */
export function histogramOf(
  figures: CallFigures,
  { name, help, read }: { name: string; help: string; read: (of: Figures) => Durations },
) {
  const values = [...figures.all()].flatMap((each) => {
    const { buckets, count, sumSeconds, exemplars } = read(each);
    let below = 0;
    const cumulated = bucketBounds.map((bound, index) => {
      below += buckets[index] ?? 0;
      const exemplar = shownExemplar(exemplars[index]);
      return { labels: { ...each.labels, le: bound }, value: below, metricName: `${name}_bucket`, exemplar };
    });
    return [
      ...cumulated,
      {
        labels: { ...each.labels, le: "+Inf" },
        value: count,
        metricName: `${name}_bucket`,
        exemplar: shownExemplar(exemplars[bucketBounds.length]),
      },
      { labels: { ...each.labels }, value: sumSeconds, metricName: `${name}_sum` },
      { labels: { ...each.labels }, value: count, metricName: `${name}_count` },
    ];
  });
  return { name, help, type: "histogram", aggregator: "sum", values };
}

/** As prom-client's registry writes it, in the format that has such things. */
function shownExemplar(exemplar: Exemplar | undefined) {
  if (!exemplar) return undefined;
  const { traceId, seconds, atMs } = exemplar;
  return { labelSet: { trace_id: traceId }, value: seconds, timestamp: (atMs / 1000).toFixed(3) };
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
  return { sumSeconds: 0, count: 0, buckets: Array.from({ length: bucketBounds.length + 1 }, () => 0), exemplars: [] };
}

function addDuration(durations: Durations, ms: number, { trace_id, started_at_ms }: CallRecord): void {
  const seconds = ms / 1000;
  let index = 0;
  while (index < bucketBounds.length && seconds > (bucketBounds[index] ?? 0)) index += 1;
  durations.buckets[index] = (durations.buckets[index] ?? 0) + 1;
  durations.sumSeconds += seconds;
  durations.count += 1;
  const known = durations.exemplars[index];
  if (!known) {
    durations.exemplars[index] = { traceId: trace_id, seconds, atMs: started_at_ms + ms };
    return;
  }
  known.traceId = trace_id;
  known.seconds = seconds;
  known.atMs = started_at_ms + ms;
}
