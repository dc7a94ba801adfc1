// What OpenTelemetry's exporters send, as it is once decoded: the same shapes whether it came as protobuf or as JSON.
// What attributes mean is not decided here but in `meaning/`; every bound has been kept to before a value gets this shape.

/** Anything JSON can say. An int64 that a number cannot hold is its digits; bytes are base64; NaN is "NaN", and "Infinity" so too. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export type WireAttributes = Record<string, JsonValue>;

/** What the telemetry is of: a service, as its SDK was told to describe it. */
export interface WireResource {
  attributes: WireAttributes;
  schemaUrl: string;
}

/** What instrumented it. */
export interface WireScope {
  name: string;
  version: string;
  attributes: WireAttributes;
  schemaUrl: string;
}

/** Whose key sent it. The user is the key's own; a span may name another. */
export interface Sender {
  key_id: string;
  key_name: string;
  user: string | null;
  team: string | null;
  project: string | null;
  /** The tenant; left out of what is the installation's own. */
  organisation?: string;
}

/** What a span or a log is read with. */
export interface WireContext {
  resource: WireResource;
  scope: WireScope;
  sender: Sender;
}

export const wireSpanKinds = ["unspecified", "internal", "server", "client", "producer", "consumer"] as const;

export interface WireSpan {
  /** 32 lower hex digits, not all zero. */
  traceId: string;
  /** 16 lower hex digits, not all zero. */
  spanId: string;
  /** Null of a root. */
  parentSpanId: string | null;
  traceState: string;
  name: string;
  kind: (typeof wireSpanKinds)[number];
  /** Since 1970, with fraction (a microsecond or so is all that a double can tell). */
  startedAtMs: number;
  /** Never before the start. */
  endedAtMs: number;
  attributes: WireAttributes;
  events: WireEvent[];
  links: WireLink[];
  status: { code: "unset" | "ok" | "error"; message: string };
  /** What the sender's own bounds left out. */
  droppedCounts: { attributes: number; events: number; links: number };
  /** What was longer than our bounds and was cut, by name: "attributes.input.value", "events", "name". */
  cut: string[];
}

export interface WireEvent {
  name: string;
  atMs: number;
  attributes: WireAttributes;
}

export interface WireLink {
  traceId: string;
  spanId: string;
  attributes: WireAttributes;
}

export interface WireLog {
  /** 16 hex digits made of its content: the same log sent twice has the same. Logs have no id of their own. */
  id: string;
  /** Null where the log belongs to no trace. */
  traceId: string | null;
  spanId: string | null;
  /** When it happened; where that is not said, when it was observed. */
  atMs: number;
  /** From 1 (trace) to 24 (fatal); 0 where it is not said. */
  severityNumber: number;
  /** As it was sent; empty where it was not. */
  severityText: string;
  /** "gen_ai.client.inference.operation.details", "claude_code.api_request" …; empty of plain lines. */
  eventName: string;
  body: JsonValue;
  attributes: WireAttributes;
  cut: string[];
}

export const metricTypes = ["gauge", "sum", "histogram", "exponential_histogram", "summary"] as const;
export const temporalities = ["unspecified", "delta", "cumulative"] as const;

/** A metric and its points, of one resource and scope. */
export interface WireMetric {
  name: string;
  description: string;
  unit: string;
  type: (typeof metricTypes)[number];
  /** Of sums and histograms. */
  temporality: (typeof temporalities)[number];
  isMonotonic: boolean;
  points: WireMetricPoint[];
}

export interface WireMetricPoint {
  attributes: WireAttributes;
  /** Null where it is not said. */
  startedAtMs: number | null;
  atMs: number;
  /** Of gauges and sums; null where there is none. "NaN", "Infinity" and "-Infinity" are said in words. */
  value: number | string | null;
  /** Of histograms and summaries. */
  count: number | null;
  sum: number | string | null;
  min: number | string | null;
  max: number | string | null;
  /** Of histograms: counts by bucket, and the bounds between them. */
  buckets: { bounds: (number | string)[]; counts: number[] } | null;
  /** Of exponential histograms. */
  exponential: {
    scale: number;
    zeroCount: number;
    positive: { offset: number; counts: number[] };
    negative: { offset: number; counts: number[] };
  } | null;
  /** Of summaries. */
  quantiles: { quantile: number; value: number | string }[] | null;
  exemplars: { atMs: number; value: number | string | null; traceId: string | null; spanId: string | null }[];
}
