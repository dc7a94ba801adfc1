// A point of a metric that says nothing yet.
import type { WireAttributes, WireMetricPoint } from "./wire-span.ts";

export function emptyPoint(attributes: WireAttributes): WireMetricPoint {
  return {
    attributes,
    startedAtMs: null,
    atMs: 0,
    value: null,
    count: null,
    sum: null,
    min: null,
    max: null,
    buckets: null,
    exponential: null,
    quantiles: null,
    exemplars: [],
  };
}
