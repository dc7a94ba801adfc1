// A span in OTLP's JSON. Whether its ids and times hold is checked elsewhere.
import { beginTaking, noteCut, type Taking, type WireBounds } from "../taking.ts";
import { type WireEvent, type WireLink, type WireSpan, wireSpanKinds } from "../wire-span.ts";
import { attributesIn, countIn, enumIn, hexIn, type JsonObject, listIn, nameIn, nanosIn, objectIn } from "./values.ts";

const STATUS_CODES = ["unset", "ok", "error"] as const;

/** Throws where it is no object. */
export function readSpanJson(value: unknown, bounds: WireBounds): WireSpan {
  const span = objectIn(value);
  if (!span) throw new TypeError("it is no object");
  const taking = beginTaking(bounds);
  const status = objectIn(span["status"]) ?? {};
  return {
    traceId: hexIn(span["traceId"], 16),
    spanId: hexIn(span["spanId"], 8),
    parentSpanId: hexIn(span["parentSpanId"], 8),
    traceState: nameIn(span["traceState"], taking, "trace_state"),
    name: nameIn(span["name"], taking, "name"),
    kind: enumIn(span["kind"], { names: wireSpanKinds, prefix: "SPAN_KIND_" }) ?? "unspecified",
    startedAtMs: nanosIn(span["startTimeUnixNano"]),
    endedAtMs: nanosIn(span["endTimeUnixNano"]),
    attributes: attributesIn(span["attributes"], taking, "attributes"),
    events: listOf(span["events"], taking, { what: "events", read: readEvent }),
    links: listOf(span["links"], taking, { what: "links", read: readLink }),
    status: {
      code: enumIn(status["code"], { names: STATUS_CODES, prefix: "STATUS_CODE_" }) ?? "unset",
      message: nameIn(status["message"], taking, "status.message"),
    },
    droppedCounts: {
      attributes: countIn(span["droppedAttributesCount"]),
      events: countIn(span["droppedEventsCount"]),
      links: countIn(span["droppedLinksCount"]),
    },
    cut: taking.cut,
  };
}

interface ListKind<Item> {
  what: "events" | "links";
  read: (object: JsonObject, taking: Taking) => Item;
}

function listOf<Item>(value: unknown, taking: Taking, { what, read }: ListKind<Item>): Item[] {
  const list: Item[] = [];
  for (const each of listIn(value)) {
    if (list.length >= taking.bounds[`${what}_max`] || taking.bytesLeft <= 0) {
      noteCut(taking, what);
      break;
    }
    const object = objectIn(each);
    if (object) list.push(read(object, taking));
  }
  return list;
}

function readEvent(event: JsonObject, taking: Taking): WireEvent {
  return {
    name: nameIn(event["name"], taking, "events.name"),
    atMs: nanosIn(event["timeUnixNano"]),
    attributes: attributesIn(event["attributes"], taking, "events.attributes"),
  };
}

function readLink(link: JsonObject, taking: Taking): WireLink {
  return {
    traceId: hexIn(link["traceId"], 16),
    spanId: hexIn(link["spanId"], 8),
    attributes: attributesIn(link["attributes"], taking, "links.attributes"),
  };
}
