// A log in OTLP's JSON.
import type { UnsettledLog } from "../protobuf/logs.ts";
import { beginTaking, type Taking, type WireBounds } from "../taking.ts";
import type { JsonValue } from "../wire-span.ts";
import { anyValueIn, attributesIn, countIn, hexIn, nameIn, nanosIn, objectIn, textIn } from "./values.ts";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** Throws where it is no object. */
export function readLogJson(value: unknown, bounds: WireBounds): UnsettledLog {
  const log = objectIn(value);
  if (!log) throw new TypeError("it is no object");
  const taking = beginTaking(bounds);
  return {
    traceId: hexIn(log["traceId"], 16),
    spanId: hexIn(log["spanId"], 8),
    atMs: nanosIn(log["timeUnixNano"]),
    observedAtMs: nanosIn(log["observedTimeUnixNano"]),
    severityNumber: severityIn(log["severityNumber"]),
    severityText: nameIn(log["severityText"], taking, "severity_text"),
    eventName: nameIn(log["eventName"], taking, "event_name"),
    body: bodyIn(log["body"], taking),
    attributes: attributesIn(log["attributes"], taking, "attributes"),
    cut: taking.cut,
  };
}

function bodyIn(value: unknown, taking: Taking): JsonValue {
  taking.where = "body";
  taking.key = "";
  return anyValueIn(value, taking);
}

/** A number, or a name as `SEVERITY_NUMBER_INFO2`. */
function severityIn(value: unknown): number {
  const [, level = "", step = "1"] = /^SEVERITY_NUMBER_([A-Z]+)([2-4])?$/.exec(textIn(value)) ?? [];
  return LEVELS.includes(level) ? LEVELS.indexOf(level) * 4 + Number(step) : countIn(value);
}
