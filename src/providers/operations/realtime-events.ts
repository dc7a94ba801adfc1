// Realtime's events, as far as the record must know them: which begin and end a response, what it used, and what is sound
// and so not kept. What is no event of this protocol is read as one without a type.
import { type AppError, type Frame, newId } from "../../kernel/index.ts";
import type { Usage } from "../contract.ts";
import { isObject } from "../formats/fields.ts";
import { renderOpenAiError } from "../formats/openai-chat/index.ts";

export interface RealtimeEvent {
  type: string;
  [field: string]: unknown;
}

/** What `response.done` says. */
export interface RealtimeResponse {
  id: string;
  /** `completed`, `cancelled`, `incomplete`, `failed`. */
  status: string;
  /** Why it ended as it did, where that is said. */
  reason: string | null;
  /** The vendor's words for a failure. */
  failure: string | null;
  model: string | null;
  usage: Usage | undefined;
}

export function readRealtimeEvent(frame: Frame): RealtimeEvent {
  if (typeof frame !== "string") return { type: "" };
  try {
    const event: unknown = JSON.parse(frame);
    return isObject(event) ? { ...event, type: textOf(event["type"]) ?? "" } : { type: "" };
  } catch {
    return { type: "" };
  }
}

export function readRealtimeResponse({ response }: RealtimeEvent): RealtimeResponse {
  const said = isObject(response) ? response : {};
  const details = isObject(said["status_details"]) ? said["status_details"] : {};
  const error = isObject(details["error"]) ? details["error"] : {};
  return {
    id: textOf(said["id"]) ?? "",
    status: textOf(said["status"]) ?? "completed",
    reason: textOf(details["reason"]) ?? null,
    failure: textOf(error["message"]) ?? textOf(error["code"]) ?? textOf(error["type"]) ?? null,
    model: textOf(said["model"]) ?? null,
    usage: readRealtimeUsage(said["usage"]),
  };
}

function readRealtimeUsage(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  const input = count(raw["input_tokens"]);
  const output = count(raw["output_tokens"]);
  if (input === undefined && output === undefined) return undefined;
  const taken = isObject(raw["input_token_details"]) ? raw["input_token_details"] : {};
  const cached = isObject(taken["cached_tokens_details"]) ? taken["cached_tokens_details"] : {};
  const given = isObject(raw["output_token_details"]) ? raw["output_token_details"] : {};
  const all = { input: input ?? 0, output: output ?? 0 };
  const audioInput = Math.min(count(taken["audio_tokens"]) ?? 0, all.input);
  return {
    ...all,
    cache_read: Math.min(count(taken["cached_tokens"]) ?? 0, all.input),
    cache_write: 0,
    reasoning: Math.min(count(given["reasoning_tokens"]) ?? 0, all.output),
    audio_input: audioInput,
    audio_cache_read: Math.min(count(cached["audio_tokens"]) ?? 0, audioInput),
    audio_output: Math.min(count(given["audio_tokens"]) ?? 0, all.output),
    image_input: Math.min(count(taken["image_tokens"]) ?? 0, all.input),
    raw,
  };
}

/** An event or a response as JSON, its sound replaced by how much there was of it. */
export function writeWithoutSound(said: unknown): string {
  return JSON.stringify(said, (key, value: unknown) =>
    key === "audio" && typeof value === "string" ? `(${value.length} characters of base64)` : value,
  );
}

/** An error of ours as an event. */
export function writeRealtimeError(error: AppError): string {
  const { error: said } = renderOpenAiError(error).body;
  return JSON.stringify({ type: "error", event_id: `event_${newId()}`, error: { ...said, event_id: null } });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.round(value)) : undefined;
}
