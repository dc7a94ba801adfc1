// One log as a record of the ledger. Most logs are a line beside a trace; some say what no span says: a coding agent's requests, a
// judgement of an answer, the content of a call.
import type { SpanKind } from "../../../ledger/contract.ts";
import type { WireContext, WireLog, WireSpan } from "../../wire/wire-span.ts";
import { bodyAsCame } from "../content/read-content.ts";
import { messageEvents, readMessageEvent } from "../content/messages-in-events.ts";
import type { Decided } from "../dialects/decide-kind.ts";
import type { NameIndex } from "../names/said.ts";
import { isObject, readNumber, readText } from "../names/read-value.ts";
import { type ReadDeps, type Reading, readSpan } from "../read-span.ts";
import { cutText } from "../../../kernel/index.ts";
import { traceIdOf } from "../record-id.ts";
import { type AgentEvent, agentEventOf, agentVendors, durationNames } from "./agent-logs.ts";
import { severityOf } from "./severity.ts";

export interface ReadLogDeps extends ReadDeps {
  /** The names in coding agents' logs. */
  agentIndex: NameIndex;
}

export function readLog(log: WireLog, context: WireContext, deps: ReadLogDeps): Reading {
  const event = eventNameOf(log);
  const agent = agentEventOf(event, log.attributes["event.kind"]);
  const reading = agent ? readAgentLog(log, { event, agent, context, deps }) : readEvent(log, { event, context, deps });
  reading.record.severity = severityOf(log);
  return reading;
}

/** As it says itself; older agents put it into an attribute, and its first half into the body. */
function eventNameOf({ eventName, attributes, body }: WireLog): string {
  const name = eventName || readText(attributes["event.name"] ?? null) || "";
  if (typeof body === "string" && name !== "" && body.endsWith(`.${name}`) && body.length < 200) return body;
  return name;
}

interface AgentLog {
  event: string;
  agent: AgentEvent;
  context: WireContext;
  deps: ReadLogDeps;
}

function readAgentLog(log: WireLog, { event, agent, context, deps }: AgentLog): Reading {
  const isFailure = event.endsWith("_error") || isFalse(log.attributes["success"]);
  const span = spanOf(log, { name: event, isFailed: isFailure });
  const reading = readSpan(span, context, { ...deps, index: deps.agentIndex, known: agent });
  const { record } = reading;
  record.vendor ??= record.model === null ? null : (agentVendors[agent.dialect] ?? null);
  if (!isFailure) Object.assign(record, { outcome: "ok", error: null });
  return reading;
}

function isFalse(value: unknown): boolean {
  return value === false || value === "false";
}

interface Event {
  event: string;
  context: WireContext;
  deps: ReadLogDeps;
}

function readEvent(log: WireLog, { event, context, deps }: Event): Reading {
  const known = knownAs(event, log);
  const span = spanOf(log, { name: nameOf(log, event), isFailed: log.severityNumber >= SEVERITY_ERROR });
  const reading = readSpan(span, context, { ...deps, known });
  if (Object.hasOwn(messageEvents, event) && isObject(log.body)) {
    const text = JSON.stringify(readMessageEvent(event, log.body));
    const side = event === "gen_ai.choice" ? "response" : "request";
    reading[side] = { media_type: "application/json", content: text };
  } else if (log.body !== null && log.body !== "" && log.body !== span.name) reading.response ??= bodyAsCame(log.body);
  return reading;
}

// OpenTelemetry's numbers: 17 to 20 are errors, above them is what is fatal.
const SEVERITY_ERROR = 17;

const details = "gen_ai.client.inference.operation.details";

function knownAs(event: string, { spanId }: WireLog): Decided {
  if (event === "gen_ai.evaluation.result") return { kind: "score", operation: null, dialect: "gen_ai" };
  // Beside a span it says once more what the span says: the call is that span.
  if (event === details) {
    const kind: SpanKind = spanId === null ? "call" : "log";
    return { kind, operation: "chat", dialect: "gen_ai" };
  }
  return { kind: "log", operation: null, dialect: event.startsWith("gen_ai.") ? "gen_ai" : "none" };
}

const NAME_CHARACTERS_MAX = 200;

/** The event's name, or the first line of what was logged. */
function nameOf({ body }: WireLog, event: string): string {
  if (event !== "") return event;
  const [line = ""] = typeof body === "string" ? body.split("\n", 1) : [];
  return line === "" ? "log" : cutText(line, NAME_CHARACTERS_MAX);
}

const DURATION_MAX_MS = 7 * 24 * 3_600_000;

/** A log as the span that it stands for: it ends when it is logged. */
function spanOf(log: WireLog, { name, isFailed }: { name: string; isFailed: boolean }): WireSpan {
  const durationMs = durationIn(log);
  return {
    traceId: log.traceId ?? traceIdOf(groupOf(log) ?? log.id),
    spanId: log.id,
    parentSpanId: log.spanId,
    traceState: "",
    name,
    kind: "unspecified",
    startedAtMs: log.atMs - durationMs,
    endedAtMs: log.atMs,
    attributes: log.attributes,
    events: [],
    links: [],
    status: { code: isFailed ? "error" : "unset", message: isFailed && typeof log.body === "string" ? log.body : "" },
    droppedCounts: { attributes: 0, events: 0, links: 0 },
    cut: log.cut,
  };
}

function durationIn({ attributes }: WireLog): number {
  for (const name of durationNames) {
    const ms = readNumber(attributes[name] ?? null);
    if (ms !== undefined && ms >= 0 && ms <= DURATION_MAX_MS) return ms;
  }
  return 0;
}

/** Logs without a trace that belong together: all that one prompt to a coding agent caused, or one session. */
function groupOf({ attributes }: WireLog): string | undefined {
  const session = readText(attributes["session.id"] ?? attributes["conversation.id"] ?? null);
  if (session === undefined) return undefined;
  return `${session} ${readText(attributes["prompt.id"] ?? attributes["prompt_id"] ?? null) ?? ""}`;
}
