// A span in protobuf: trace.proto's Span, by its field numbers. Whether its ids and times hold is checked elsewhere.
import type { Reader } from "protobufjs/minimal";
import { noteCut, type WireBounds } from "../taking.ts";
import { type WireEvent, type WireLink, type WireSpan, wireSpanKinds } from "../wire-span.ts";
import { enter, type KnownTexts, leave, openReader, passBytes, passField, readHex, readNanos } from "./frame.ts";
import { beginReading, createAttributeTaker, type ProtobufTaking, readName } from "./values.ts";

const STATUS_CODES = ["unset", "ok", "error"] as const;

/** Throws where the bytes do not add up. */
export function readSpanBytes(bytes: Buffer, bounds: WireBounds, known: KnownTexts): WireSpan {
  const reader = openReader(bytes);
  const taking = beginReading(bounds, known);
  const taker = createAttributeTaker(taking, "attributes");
  const span: WireSpan = {
    traceId: "",
    spanId: "",
    parentSpanId: null,
    traceState: "",
    name: "",
    kind: "unspecified",
    startedAtMs: 0,
    endedAtMs: 0,
    attributes: taker.attributes,
    events: [],
    links: [],
    status: { code: "unset", message: "" },
    droppedCounts: { attributes: 0, events: 0, links: 0 },
    cut: taking.cut,
  };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 9: attributes, of which there are most
    if (tag === 74) taker.take(reader);
    else if (!readIdentity(reader, tag, span)) readRest(reader, tag, { span, taking });
  }
  return span;
}

/** False for a field that is none of these. */
function readIdentity(reader: Reader, tag: number, span: WireSpan): boolean {
  switch (tag) {
    case 10:
      span.traceId = readHex(reader, 16);
      return true;
    case 18:
      span.spanId = readHex(reader, 8);
      return true;
    case 34:
      span.parentSpanId = readHex(reader, 8);
      return true;
    case 48:
      span.kind = wireSpanKinds[reader.uint32()] ?? "unspecified";
      return true;
    case 57:
      span.startedAtMs = readNanos(reader);
      return true;
    case 65:
      span.endedAtMs = readNanos(reader);
      return true;
    default:
      return false;
  }
}

function readRest(reader: Reader, tag: number, { span, taking }: { span: WireSpan; taking: ProtobufTaking }): void {
  switch (tag) {
    case 26:
      span.traceState = readName(reader, taking, "trace_state");
      break;
    case 42:
      span.name = readName(reader, taking, "name");
      break;
    case 80:
      span.droppedCounts.attributes = reader.uint32();
      break;
    case 90:
      if (hasRoom(span.events, taking, "events")) span.events.push(readEvent(reader, taking));
      else passBytes(reader);
      break;
    case 96:
      span.droppedCounts.events = reader.uint32();
      break;
    case 106:
      if (hasRoom(span.links, taking, "links")) span.links.push(readLink(reader, taking));
      else passBytes(reader);
      break;
    case 112:
      span.droppedCounts.links = reader.uint32();
      break;
    case 122:
      span.status = readStatus(reader, taking);
      break;
    default:
      passField(reader, tag);
  }
}

function hasRoom(list: readonly unknown[], taking: ProtobufTaking, what: "events" | "links"): boolean {
  if (list.length < taking.bounds[`${what}_max`] && taking.bytesLeft > 0) return true;
  noteCut(taking, what);
  return false;
}

function readEvent(reader: Reader, taking: ProtobufTaking): WireEvent {
  const outer = enter(reader);
  const taker = createAttributeTaker(taking, "events.attributes");
  const event: WireEvent = { name: "", atMs: 0, attributes: taker.attributes };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: time, 2: name, 3: attributes
    if (tag === 9) event.atMs = readNanos(reader);
    else if (tag === 18) event.name = readName(reader, taking, "events.name");
    else if (tag === 26) taker.take(reader);
    else passField(reader, tag);
  }
  leave(reader, outer);
  return event;
}

function readLink(reader: Reader, taking: ProtobufTaking): WireLink {
  const outer = enter(reader);
  const taker = createAttributeTaker(taking, "links.attributes");
  const link: WireLink = { traceId: "", spanId: "", attributes: taker.attributes };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: trace_id, 2: span_id, 4: attributes
    if (tag === 10) link.traceId = readHex(reader, 16);
    else if (tag === 18) link.spanId = readHex(reader, 8);
    else if (tag === 34) taker.take(reader);
    else passField(reader, tag);
  }
  leave(reader, outer);
  return link;
}

function readStatus(reader: Reader, taking: ProtobufTaking): WireSpan["status"] {
  const outer = enter(reader);
  const status: WireSpan["status"] = { code: "unset", message: "" };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 2: message, 3: code
    if (tag === 18) status.message = readName(reader, taking, "status.message");
    else if (tag === 24) status.code = STATUS_CODES[reader.uint32()] ?? "unset";
    else passField(reader, tag);
  }
  leave(reader, outer);
  return status;
}
