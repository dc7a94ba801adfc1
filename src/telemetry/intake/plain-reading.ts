// Spans and logs as they are, without a look at what their attributes mean: all of them are of the kinds `span` and `log`.
import type { SpanRecord } from "../../ledger/contract.ts";
import type { JsonValue, WireContext, WireLog, WireSpan } from "../wire/wire-span.ts";
import type { Meaning } from "./reading.ts";
import { recordIdOf } from "./record-id.ts";

export const plainReading: Meaning = {
  readSpan: (span, context) => ({ record: recordOfSpan(span, context) }),
  readLog: (log, context) => ({ record: recordOfLog(log, context) }),
};

function recordOfSpan(span: WireSpan, context: WireContext): SpanRecord {
  const { traceId, spanId, startedAtMs, status } = span;
  return {
    ...emptyRecord(context),
    id: recordIdOf(span, startedAtMs),
    kind: "span",
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: span.parentSpanId,
    links: span.links.map((link) => ({ trace_id: link.traceId, span_id: link.spanId })),
    name: span.name,
    span_kind: span.kind,
    started_at_ms: startedAtMs,
    duration_ms: span.endedAtMs - startedAtMs,
    outcome: status.code === "error" ? "failed" : "ok",
    error: status.code === "error" ? { code: "error", message: status.message } : null,
    attributes: { ...context.resource.attributes, ...span.attributes },
    events: span.events.map(({ name, atMs, attributes }) => ({ name, after_ms: atMs - startedAtMs, attributes })),
    cut: span.cut,
  };
}

function recordOfLog(log: WireLog, context: WireContext): SpanRecord {
  const traceId = log.traceId ?? log.id + log.id;
  return {
    ...emptyRecord(context),
    id: recordIdOf({ traceId, spanId: log.id }, log.atMs),
    kind: "log",
    trace_id: traceId,
    span_id: log.id,
    parent_span_id: log.spanId,
    name: log.eventName || (typeof log.body === "string" ? log.body.slice(0, 200) : ""),
    started_at_ms: log.atMs,
    severity: log.severityText || null,
    attributes: { ...context.resource.attributes, ...log.attributes, body: log.body },
    cut: log.cut,
  };
}

function emptyRecord({ resource, scope, sender }: WireContext): SpanRecord {
  const said = (key: string): string | null => textOf(resource.attributes[key]);
  return {
    id: "",
    kind: "span",
    schema: 1,
    source: "otlp",
    trace_id: "",
    span_id: "",
    parent_span_id: null,
    links: [],
    name: "",
    span_kind: "unspecified",
    session: null,
    started_at_ms: 0,
    duration_ms: 0,
    who: { ...sender, tags: [] },
    service: {
      name: said("service.name"),
      version: said("service.version"),
      environment: said("deployment.environment.name") ?? said("deployment.environment"),
      release: null,
    },
    scope: { name: scope.name, version: scope.version, schema_url: scope.schemaUrl },
    dialect: "none",
    operation: null,
    vendor: null,
    model: null,
    answer_model: null,
    fingerprint: null,
    response_id: null,
    finish_reason: null,
    stream: null,
    agent: null,
    tool: null,
    prompt: null,
    retrieval: null,
    score: null,
    tokens: null,
    cost: null,
    first_token_ms: null,
    outcome: "ok",
    error: null,
    severity: null,
    attributes: {},
    events: [],
    cut: [],
    bodies: { request: null, response: null },
  };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
