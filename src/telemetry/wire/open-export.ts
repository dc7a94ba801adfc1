// A request as records that can be read one by one, whichever encoding it came in.
import { isAppError } from "../../kernel/index.ts";
import { telemetryErrors } from "../errors.ts";
import type { Encoding, Signal } from "./answers.ts";
import type { Group } from "./group.ts";
import { groupsIn, type LayerNames } from "./json/groups.ts";
import { readLogJson } from "./json/logs.ts";
import { readMetricJson } from "./json/metrics.ts";
import { readSpanJson } from "./json/spans.ts";
import { createKnownTexts, type KnownTexts } from "./protobuf/frame.ts";
import { readGroups } from "./protobuf/groups.ts";
import { readLogBytes, type UnsettledLog } from "./protobuf/logs.ts";
import { type ReadMetric, readMetricBytes } from "./protobuf/metrics/metrics.ts";
import { readSpanBytes } from "./protobuf/spans.ts";
import type { WireBounds } from "./taking.ts";
import type { WireSpan } from "./wire-span.ts";

/** Records of one resource and scope. */
export interface RecordGroup<Wire> extends Omit<Group<unknown>, "items"> {
  readonly count: number;
  /** Throws where the record does not add up. */
  read(index: number): Wire;
  /** What it is made of, for logs, which have no id of their own. */
  bytesOf(index: number): string | Uint8Array;
}

const LAYERS: Record<Signal, LayerNames> = {
  traces: { resources: "resourceSpans", scopes: "scopeSpans", items: "spans" },
  logs: { resources: "resourceLogs", scopes: "scopeLogs", items: "logRecords" },
  metrics: { resources: "resourceMetrics", scopes: "scopeMetrics", items: "metrics" },
};

interface Opening {
  encoding: Encoding;
  bounds: WireBounds;
}

interface Readers<Wire> {
  bytes(item: Buffer, bounds: WireBounds, known: KnownTexts): Wire;
  json(item: unknown, bounds: WireBounds): Wire;
}

const spanReaders: Readers<WireSpan> = { bytes: readSpanBytes, json: readSpanJson };
const logReaders: Readers<UnsettledLog> = { bytes: readLogBytes, json: readLogJson };
const metricReaders: Readers<ReadMetric> = { bytes: readMetricBytes, json: readMetricJson };

/** Throws `telemetry.malformed`. */
export function openTraces(body: Uint8Array, opening: Opening): RecordGroup<WireSpan>[] {
  return openWith(spanReaders, { signal: "traces", body, ...opening });
}

/** Throws `telemetry.malformed`. */
export function openLogs(body: Uint8Array, opening: Opening): RecordGroup<UnsettledLog>[] {
  return openWith(logReaders, { signal: "logs", body, ...opening });
}

/** Throws `telemetry.malformed`. */
export function openMetrics(body: Uint8Array, opening: Opening): RecordGroup<ReadMetric>[] {
  return openWith(metricReaders, { signal: "metrics", body, ...opening });
}

interface Given extends Opening {
  signal: Signal;
  body: Uint8Array;
}

/** Throws `telemetry.malformed`. */
function openWith<Wire>(readers: Readers<Wire>, given: Given): RecordGroup<Wire>[] {
  const { encoding, bounds } = given;
  if (encoding === "json")
    return groupsOfJson(given).map(({ items, ...group }) => ({
      ...group,
      count: items.length,
      read: (index) => readers.json(items[index], bounds),
      bytesOf: (index) => JSON.stringify(items[index]) ?? "",
    }));
  const known = createKnownTexts();
  return groupsOfProtobuf(given, known).map(({ items, ...group }) => ({
    ...group,
    count: items.length,
    read: (index) => readers.bytes(items[index] as Buffer, bounds, known),
    bytesOf: (index) => items[index] as Buffer,
  }));
}

function groupsOfProtobuf(given: Given, known: KnownTexts): Group<Buffer>[] {
  const { signal, body, bounds } = given;
  const count = createCount(given);
  try {
    return readGroups(body, { bounds, known, count });
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw telemetryErrors.malformed({ signal, why: `its protobuf does not add up (${wordsOf(cause)})` }, cause);
  }
}

function groupsOfJson(given: Given): Group<unknown>[] {
  const { signal, body, bounds } = given;
  const names = LAYERS[signal];
  const groups = groupsIn(parse(signal, body), names, bounds);
  if (!groups) throw telemetryErrors.malformed({ signal, why: `its JSON has no list "${names.resources}"` });
  const count = createCount(given);
  for (const { items } of groups) count(1 + items.length);
  return groups;
}

/** Throws `telemetry.too_many_records`. */
function createCount({ signal, bounds }: Given): (more?: number) => void {
  let left = bounds.records_max;
  return (more = 1) => {
    left -= more;
    if (left < 0) throw telemetryErrors.too_many_records({ signal, max: bounds.records_max });
  };
}

function parse(signal: Signal, body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString("utf8"));
  } catch (cause) {
    throw telemetryErrors.malformed({ signal, why: `its JSON does not parse (${wordsOf(cause)})` }, cause);
  }
}

export function wordsOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
}
