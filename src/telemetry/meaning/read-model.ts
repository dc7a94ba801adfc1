// What a span says of a model, an agent, a tool, a prompt: read of spans that some dialect knows, since a plain span may well
// call its T-shirts models.
import type { SpanKind, SpanRecord } from "../../ledger/contract.ts";
import type { WireSpan } from "../wire/wire-span.ts";
import { finishReasonOf } from "./figures/finish-reasons.ts";
import { vendorNamed } from "./figures/vendor-names.ts";
import { readBoolean, readFirstText, readNumber, readText, readTime } from "./names/read-value.ts";
import type { Said } from "./names/said.ts";
import type { Labels } from "./read-who.ts";

export type ModelFacts = Pick<
  SpanRecord,
  | "vendor"
  | "model"
  | "answer_model"
  | "fingerprint"
  | "response_id"
  | "finish_reason"
  | "stream"
  | "agent"
  | "tool"
  | "prompt"
  | "score"
>;

export const noModelFacts: ModelFacts = {
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
  score: null,
};

export interface ModelQuestion {
  kind: SpanKind;
  /** The span's name: that of a tool or an agent, where no attribute has one. */
  name: string;
  labels: Labels;
}

export function readModelFacts(said: Said, { kind, name, labels }: ModelQuestion): ModelFacts {
  const text = (field: Parameters<Said["take"]>[0]): string | null => labels.bounded(said.take(field, readText));
  const vendor = said.take("vendor", readText);
  const reason = said.take("finish_reason", readFirstText);
  const model = text("model");
  const answerModel = answerModelOf(said, text("answer_model"), model);
  return {
    vendor: vendor === undefined ? null : vendorNamed(vendor),
    model: model ?? answerModel,
    answer_model: answerModel,
    fingerprint: text("fingerprint"),
    response_id: text("response_id"),
    finish_reason: reason === undefined ? null : labels.bounded(finishReasonOf(reason)),
    stream: said.take("stream", readBoolean) ?? null,
    agent: readAgent(said, text) ?? (kind === "agent" ? { id: null, name: labels.bounded(name) } : null),
    tool: readTool(said, text) ?? (kind === "tool" ? { name: labels.bounded(name) ?? name, call_id: null } : null),
    prompt: readPrompt(text),
    score: kind === "score" ? readScore(said, text) : null,
  };
}

/** OpenInference has one name for both, and some of its libraries leave the model that was asked for in it. */
function answerModelOf(said: Said, answerModel: string | null, model: string | null): string | null {
  const isBoth = answerModel === model && said.get("llm.model_name") === answerModel;
  return isBoth && said.get("llm.response.model_name") === undefined ? null : answerModel;
}

type ReadLabel = (field: Parameters<Said["take"]>[0]) => string | null;

function readAgent(said: Said, text: ReadLabel): SpanRecord["agent"] {
  const id = text("agent_id");
  const name = text("agent_name") ?? entityName(said, "agent");
  return id === null && name === null ? null : { id, name };
}

function readTool(said: Said, text: ReadLabel): SpanRecord["tool"] {
  const name = text("tool_name") ?? entityName(said, "tool");
  return name === null ? null : { name, call_id: text("tool_call") };
}

/** Traceloop has one name for whatever the span stands for. */
function entityName(said: Said, kind: string): string | null {
  if (said.get("traceloop.span.kind") !== kind) return null;
  const name = said.get("traceloop.entity.name");
  return typeof name === "string" && name !== "" ? name : null;
}

function readPrompt(text: ReadLabel): SpanRecord["prompt"] {
  const name = text("prompt_name");
  return name === null ? null : { name, version: text("prompt_version") };
}

export function readScore(said: Said, text: ReadLabel): SpanRecord["score"] {
  const name = text("score_name");
  const value = said.take("score_value", readNumber) ?? null;
  const label = text("score_label");
  if (name === null && value === null && label === null) return null;
  return { name: name ?? "score", value, label, explanation: said.take("score_explanation", readText) ?? null };
}

/** Events that are the first token: the first of them counts. */
export const firstTokenEvents: ReadonlySet<string> = new Set([
  "First Token Stream Event",
  "ai.stream.firstChunk",
  "gen_ai.content.completion.chunk",
  "llm.content.completion.chunk",
]);

/** Milliseconds from the span's start to its first token; null where it does not say, or says what cannot be. */
export function readFirstToken(
  said: Said,
  { startedAtMs, endedAtMs, events }: Pick<WireSpan, "startedAtMs" | "endedAtMs" | "events">,
): number | null {
  const seconds = said.take("first_token_s", readNumber);
  const atMs = said.take("first_token_at", readTime) ?? events.find(({ name }) => firstTokenEvents.has(name))?.atMs;
  const ms =
    said.take("first_token_ms", readNumber) ??
    (seconds === undefined ? undefined : seconds * 1000) ??
    (atMs === undefined ? undefined : atMs - startedAtMs);
  if (ms === undefined || !(ms >= 0 && ms <= Math.max(DURATION_SLACK_MS, endedAtMs - startedAtMs))) return null;
  return Math.round(ms * 1000) / 1000;
}

// Clocks of two libraries in one program differ by a little.
const DURATION_SLACK_MS = 1000;
