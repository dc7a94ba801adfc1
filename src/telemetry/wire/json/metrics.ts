// A metric in OTLP's JSON.
import { emptyPoint } from "../empty-point.ts";
import type { ReadMetric } from "../protobuf/metrics/metrics.ts";
import { beginTaking, noteCut, type Taking, type WireBounds } from "../taking.ts";
import { temporalities, type WireMetric, type WireMetricPoint } from "../wire-span.ts";
import {
  attributesIn,
  countIn,
  doubleIn,
  enumIn,
  hexIn,
  type JsonObject,
  listIn,
  nameIn,
  nanosIn,
  numberIn,
  objectIn,
} from "./values.ts";

const KINDS: readonly (readonly [string, WireMetric["type"]])[] = [
  ["gauge", "gauge"],
  ["sum", "sum"],
  ["histogram", "histogram"],
  ["exponentialHistogram", "exponential_histogram"],
  ["summary", "summary"],
];
const BUCKETS_MAX = 2000;
const FEW_MAX = 20;

/** Throws where it is no object. */
export function readMetricJson(value: unknown, bounds: WireBounds): ReadMetric {
  const metric = objectIn(value);
  if (!metric) throw new TypeError("it is no object");
  const taking = beginTaking(bounds);
  const [field = "gauge", type = "gauge"] = KINDS.find(([name]) => objectIn(metric[name])) ?? [];
  const data = objectIn(metric[field]) ?? {};
  const points = listIn(data["dataPoints"]).map(objectIn);
  if (points.length > bounds.records_max) throw new RangeError(`it has more than ${bounds.records_max} points`);
  const whole = points.filter((point) => point !== undefined);
  return {
    name: nameIn(metric["name"], taking, "name"),
    description: nameIn(metric["description"], taking, "description"),
    unit: nameIn(metric["unit"], taking, "unit"),
    type,
    temporality:
      enumIn(data["aggregationTemporality"], { names: temporalities, prefix: "AGGREGATION_TEMPORALITY_" }) ??
      "unspecified",
    isMonotonic: data["isMonotonic"] === true,
    points: whole.map((point) => readPoint(point, type, { ...beginTaking(bounds), cut: taking.cut })),
    cut: taking.cut,
    pointsLeft: points.length - whole.length,
  };
}

function readPoint(point: JsonObject, type: WireMetric["type"], taking: Taking): WireMetricPoint {
  const read: WireMetricPoint = {
    ...emptyPoint(attributesIn(point["attributes"], taking, "attributes")),
    startedAtMs: nanosIn(point["startTimeUnixNano"]) || null,
    atMs: nanosIn(point["timeUnixNano"]),
    exemplars: few(point["exemplars"], taking).map(readExemplar),
  };
  if (type === "gauge" || type === "sum") return { ...read, value: valueIn(point) };
  return {
    ...read,
    count: countIn(point["count"]),
    sum: doubleIn(point["sum"]),
    min: doubleIn(point["min"]),
    max: doubleIn(point["max"]),
    ...(type === "histogram" && { buckets: bucketsIn(point, taking) }),
    ...(type === "exponential_histogram" && { exponential: exponentialIn(point, taking) }),
    ...(type === "summary" && { quantiles: few(point["quantileValues"], taking).map(quantileIn) }),
  };
}

function valueIn(from: JsonObject): number | string | null {
  return doubleIn("asInt" in from ? from["asInt"] : from["asDouble"]);
}

function few(value: unknown, taking: Taking): JsonObject[] {
  const list = listIn(value);
  if (list.length > FEW_MAX) noteCut(taking, "exemplars");
  return list
    .slice(0, FEW_MAX)
    .map(objectIn)
    .filter((each) => each !== undefined);
}

function countsIn(value: unknown, taking: Taking): number[] {
  const list = listIn(value);
  if (list.length > BUCKETS_MAX) noteCut(taking, "buckets");
  return list.slice(0, BUCKETS_MAX).map(countIn);
}

function bucketsIn(point: JsonObject, taking: Taking): WireMetricPoint["buckets"] {
  const counts = countsIn(point["bucketCounts"], taking);
  const bounds = listIn(point["explicitBounds"])
    .slice(0, BUCKETS_MAX)
    .map((bound) => doubleIn(bound) ?? "NaN");
  return counts.length === 0 ? null : { bounds, counts };
}

function exponentialIn(point: JsonObject, taking: Taking): WireMetricPoint["exponential"] {
  const sideIn = (value: unknown): { offset: number; counts: number[] } => {
    const side = objectIn(value) ?? {};
    return { offset: Math.trunc(numberIn(side["offset"])) || 0, counts: countsIn(side["bucketCounts"], taking) };
  };
  return {
    scale: Math.trunc(numberIn(point["scale"])) || 0,
    zeroCount: countIn(point["zeroCount"]),
    positive: sideIn(point["positive"]),
    negative: sideIn(point["negative"]),
  };
}

function quantileIn(value: JsonObject): { quantile: number; value: number | string } {
  return { quantile: numberIn(value["quantile"]) || 0, value: doubleIn(value["value"]) ?? 0 };
}

function readExemplar(exemplar: JsonObject): WireMetricPoint["exemplars"][number] {
  return {
    atMs: nanosIn(exemplar["timeUnixNano"]) || 0,
    value: valueIn(exemplar),
    traceId: hexIn(exemplar["traceId"], 16) || null,
    spanId: hexIn(exemplar["spanId"], 8) || null,
  };
}
