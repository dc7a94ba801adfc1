// A metric in protobuf: metrics.proto's Metric with its points, by their field numbers.
import type { Reader } from "protobufjs/minimal";
import { noteCut, type WireBounds } from "../../taking.ts";
import { temporalities, type WireMetric, type WireMetricPoint } from "../../wire-span.ts";
import { enter, type KnownTexts, leave, openReader, passBytes, passField } from "../frame.ts";
import { beginReading, type ProtobufTaking, readName } from "../values.ts";
import { readExponentialPoint, readHistogramPoint, readNumberPoint, readSummaryPoint } from "./points.ts";

/** Where the points of a metric stand, and how to read one. */
const KINDS = new Map<
  number,
  { type: WireMetric["type"]; read: (reader: Reader, taking: ProtobufTaking) => WireMetricPoint }
>([
  [42, { type: "gauge", read: readNumberPoint }],
  [58, { type: "sum", read: readNumberPoint }],
  [74, { type: "histogram", read: readHistogramPoint }],
  [82, { type: "exponential_histogram", read: readExponentialPoint }],
  [90, { type: "summary", read: readSummaryPoint }],
]);

/** A metric, its points within the bounds of one record. */
export type ReadMetric = WireMetric & { cut: string[]; pointsLeft: number };

/** Throws where the bytes do not add up. */
export function readMetricBytes(bytes: Buffer, bounds: WireBounds, known: KnownTexts): ReadMetric {
  const reader = openReader(bytes);
  const taking = beginReading(bounds, known);
  const metric: ReadMetric = {
    name: "",
    description: "",
    unit: "",
    type: "gauge",
    temporality: "unspecified",
    isMonotonic: false,
    points: [],
    cut: taking.cut,
    pointsLeft: 0,
  };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const kind = KINDS.get(tag);
    if (kind) {
      metric.type = kind.type;
      readData(reader, metric, { bounds, known, cut: taking.cut, read: kind.read });
    } else if (tag === 10) metric.name = readName(reader, taking, "name");
    else if (tag === 18) metric.description = readName(reader, taking, "description");
    else if (tag === 26) metric.unit = readName(reader, taking, "unit");
    else passField(reader, tag);
  }
  return metric;
}

interface Data {
  bounds: WireBounds;
  known: KnownTexts;
  cut: string[];
  read(reader: Reader, taking: ProtobufTaking): WireMetricPoint;
}

/** Gauge, Sum, Histogram and the others: 1: data_points, 2: aggregation_temporality, 3: is_monotonic. */
function readData(reader: Reader, metric: ReadMetric, { bounds, known, cut, read }: Data): void {
  const outer = enter(reader);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 10) readPoint(reader, metric, { bounds, known, cut, read });
    else if (tag === 16) metric.temporality = temporalities[reader.uint32()] ?? "unspecified";
    else if (tag === 24) metric.isMonotonic = reader.bool();
    else passField(reader, tag);
  }
  leave(reader, outer);
}

/** One that does not add up is left out, and the others are kept. */
function readPoint(reader: Reader, metric: ReadMetric, { bounds, known, cut, read }: Data): void {
  const bytes = passBytes(reader);
  if (metric.points.length >= bounds.records_max) throw new RangeError(`it has more than ${bounds.records_max} points`);
  const taking = beginReading(bounds, known);
  try {
    metric.points.push(read(openReader(bytes), taking));
  } catch {
    metric.pointsLeft += 1;
  }
  for (const what of taking.cut) noteCut({ cut }, what);
}
