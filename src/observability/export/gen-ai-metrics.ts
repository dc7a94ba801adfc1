// OpenTelemetry's GenAI metrics of our own calls: tokens, durations and first chunks as histograms with the bounds that the
// conventions suggest. Counted from the start of the process on.
import type { CallRecord } from "../../ledger/contract.ts";
import { providerName } from "./call-spans.ts";
import { type Attribute, attributesOf } from "./wire/attributes.ts";
import { CUMULATIVE, type HistogramPoint, type MetricMessage, nanosOf } from "./wire/otlp.ts";

export interface GenAiMetrics {
  add(record: CallRecord): void;
  collect(nowMs: number): MetricMessage[];
}

const TOKEN_BOUNDS = Array.from({ length: 14 }, (_, index) => 4 ** index);
const SECOND_BOUNDS = Array.from({ length: 14 }, (_, index) => 0.01 * 2 ** index);

const METRICS = {
  tokens: {
    name: "gen_ai.client.token.usage",
    unit: "{token}",
    description: "Number of input and output tokens used",
    bounds: TOKEN_BOUNDS,
  },
  duration: {
    name: "gen_ai.client.operation.duration",
    unit: "s",
    description: "GenAI operation duration",
    bounds: SECOND_BOUNDS,
  },
  firstChunk: {
    name: "gen_ai.client.operation.time_to_first_chunk",
    unit: "s",
    description: "Time to receive the first chunk",
    bounds: SECOND_BOUNDS,
  },
} as const;
type MetricName = keyof typeof METRICS;

/** Of each metric. Beyond it, what is left is counted as one model. */
const SERIES_MAX = 500;
const OTHER = "(other)";

interface Series {
  attributes: Record<string, Attribute>;
  counts: number[];
  sum: number;
  count: number;
}

export function createGenAiMetrics(startedAtMs: number): GenAiMetrics {
  const all: Record<MetricName, Map<string, Series>> = {
    tokens: new Map(),
    duration: new Map(),
    firstChunk: new Map(),
  };

  function note(metric: MetricName, value: number, labels: readonly (string | undefined)[]): void {
    const series = seriesOf(metric, labels);
    const { bounds } = METRICS[metric];
    let index = 0;
    while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
    series.counts[index] = (series.counts[index] ?? 0) + 1;
    series.sum += value;
    series.count += 1;
  }

  function seriesOf(metric: MetricName, labels: readonly (string | undefined)[]): Series {
    const known = all[metric].get(labels.join("\n"));
    if (known) return known;
    const isFull = all[metric].size >= SERIES_MAX;
    const [operation, , , ...rest] = labels;
    const kept = isFull ? [operation, OTHER, OTHER, ...rest.map((label) => label && OTHER)] : labels;
    const key = kept.join("\n");
    const series = all[metric].get(key) ?? newSeries(kept, METRICS[metric].bounds.length + 1);
    all[metric].set(key, series);
    return series;
  }

  return {
    add(record) {
      const { operation, answer, attempts, tokens, timings, error } = record;
      const asked = attempts.at(-1);
      // What a caller wrote for a model reached nobody, and may be anything.
      const model = answer ? modelIn(answer.target) : (asked?.model ?? OTHER);
      const vendor = providerName(answer?.vendor ?? asked?.vendor ?? OTHER);
      const labels = [operation === "realtime" ? "chat" : operation, vendor, model] as const;
      note("duration", timings.total_ms / 1000, [...labels, undefined, error?.code]);
      if (timings.first_token_ms !== null) note("firstChunk", timings.first_token_ms / 1000, labels);
      if (tokens.source === "unknown") return;
      note("tokens", tokens.input, [...labels, "input"]);
      note("tokens", tokens.output, [...labels, "output"]);
    },
    collect(nowMs) {
      const times = { startTimeUnixNano: nanosOf(startedAtMs), timeUnixNano: nanosOf(nowMs) };
      return (Object.keys(METRICS) as MetricName[]).flatMap((metric) => {
        const { bounds, name, unit, description } = METRICS[metric];
        const dataPoints = [...all[metric].values()].map((series) => ({ ...pointOf(series, bounds), ...times }));
        if (dataPoints.length === 0) return [];
        return { name, unit, description, histogram: { dataPoints, aggregationTemporality: CUMULATIVE } };
      });
    },
  };
}

function modelIn(target: string): string {
  return target.slice(target.indexOf("/") + 1);
}

function newSeries(
  [operation, vendor, model, tokenType, errorType]: readonly (string | undefined)[],
  bins: number,
): Series {
  return {
    attributes: {
      "gen_ai.operation.name": operation,
      "gen_ai.provider.name": vendor,
      "gen_ai.request.model": model,
      "gen_ai.token.type": tokenType,
      "error.type": errorType,
    },
    counts: Array.from({ length: bins }, () => 0),
    sum: 0,
    count: 0,
  };
}

function pointOf(
  { attributes, counts, sum, count }: Series,
  bounds: readonly number[],
): Omit<HistogramPoint, "startTimeUnixNano" | "timeUnixNano"> {
  return {
    attributes: attributesOf(attributes),
    count: String(count),
    sum,
    bucketCounts: counts.map(String),
    explicitBounds: [...bounds],
  };
}
