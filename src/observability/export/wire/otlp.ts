// What is exported, in the shape of OTLP's JSON: 64-bit numbers as text, ids in hex. As it stands here it is sent as JSON;
// protobuf is written from the same.

export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: AnyValue[] } };

export interface KeyValue {
  key: string;
  value: AnyValue;
}

export interface Resource {
  attributes: KeyValue[];
}

export interface Scope {
  name: string;
  version: string;
}

export const spanKinds = { internal: 1, server: 2, client: 3 } as const;
export const statusCodes = { unset: 0, ok: 1, error: 2 } as const;

export interface SpanMessage {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status: { code: number; message: string };
}

export interface TracesRequest {
  resourceSpans: {
    resource: Resource;
    scopeSpans: { scope: Scope; spans: SpanMessage[]; schemaUrl: string }[];
  }[];
}

export interface HistogramPoint {
  attributes: KeyValue[];
  startTimeUnixNano: string;
  timeUnixNano: string;
  count: string;
  sum: number;
  bucketCounts: string[];
  explicitBounds: number[];
}

export interface MetricMessage {
  name: string;
  description: string;
  unit: string;
  histogram: { dataPoints: HistogramPoint[]; aggregationTemporality: number };
}

export interface MetricsRequest {
  resourceMetrics: {
    resource: Resource;
    scopeMetrics: { scope: Scope; metrics: MetricMessage[]; schemaUrl: string }[];
  }[];
}

/** Each point counts from the process's start. */
export const CUMULATIVE = 2;

/** Epoch milliseconds with fraction as nanoseconds, to the microsecond. */
export function nanosOf(ms: number): string {
  const whole = Math.trunc(ms);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1000)) * 1000n);
}
