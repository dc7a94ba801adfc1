// Spans and logs for tests of what they mean, of the attributes alone.
import type { Sender, WireAttributes, WireContext, WireLog, WireSpan } from "../wire/wire-span.ts";
import { meaningConfigSchema } from "./config.ts";
import type { PriceOf } from "./figures/read-cost.ts";
import { createMeaning } from "./meaning.ts";
import type { Reading } from "./read-span.ts";

export const sender: Sender = { key_id: "k1", key_name: "app", user: null, team: "search", project: null };

/** A dollar a million tokens, of any model but those that are not known. */
export const flatPriceOf: PriceOf = ({ model, tokens }) =>
  model.startsWith("unknown")
    ? { usd_micros: null, price_version: null }
    : { usd_micros: tokens.input + tokens.output, price_version: "test" };

export const meaning = createMeaning(meaningConfigSchema.parse({}), { priceOf: flatPriceOf });

export function contextOf(resource: WireAttributes = {}, scope = "test"): WireContext {
  return {
    resource: { attributes: resource, schemaUrl: "" },
    scope: { name: scope, version: "1", attributes: {}, schemaUrl: "" },
    sender,
  };
}

export function spanWith(attributes: WireAttributes, more: Partial<WireSpan> = {}): WireSpan {
  return {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    parentSpanId: null,
    traceState: "",
    name: "span",
    kind: "internal",
    startedAtMs: 1_763_000_000_000.25,
    endedAtMs: 1_763_000_001_000.5,
    attributes,
    events: [],
    links: [],
    status: { code: "unset", message: "" },
    droppedCounts: { attributes: 0, events: 0, links: 0 },
    cut: [],
    ...more,
  };
}

export function logWith(attributes: WireAttributes, more: Partial<WireLog> = {}): WireLog {
  return {
    id: "00f067aa0ba902b7",
    traceId: null,
    spanId: null,
    atMs: 1_763_000_002_000,
    severityNumber: 0,
    severityText: "",
    eventName: "",
    body: null,
    attributes,
    cut: [],
    ...more,
  };
}

export function readAttributes(attributes: WireAttributes, more: Partial<WireSpan> = {}): Reading {
  return meaning.readSpan(spanWith(attributes, more), contextOf());
}

/** A body as the JSON that it is. */
export function jsonIn(body: Reading["request"]): unknown {
  return body === undefined ? undefined : JSON.parse(body.content);
}
