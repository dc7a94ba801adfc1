// Why an answer ended, both directions.
import type { ChatEvent, FinishReason } from "../../contract.ts";

const REASONS = new Map<string, FinishReason>([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool_calls"],
  ["guardrail_intervened", "content_filter"],
  ["content_filtered", "content_filter"],
  ["refusal", "refusal"],
  ["malformed_model_output", "other"],
  ["malformed_tool_use", "other"],
]);

const WORDS = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  content_filter: "content_filtered",
  refusal: "content_filtered",
  pause: "end_turn",
  other: "end_turn",
} as const satisfies Record<FinishReason, string>;

/** Among them `refusal`, which Claude says and Bedrock's own list does not have. */
export function readStopReason(raw: string): FinishReason {
  return REASONS.get(raw) ?? "other";
}

/** What Bedrock would have said. Many vendors say of an answer with tool calls only that it came to its end. */
export function writeStopReason(
  finish: Extract<ChatEvent, { type: "finish" }> | undefined,
  { hasCalls }: { hasCalls: boolean },
): string {
  const { reason = "stop", raw_reason: raw = "", stop_sequence: sequence } = finish ?? {};
  if (REASONS.has(raw) && raw !== "refusal") return raw;
  if (reason !== "stop") return WORDS[reason];
  if (hasCalls) return "tool_use";
  return sequence === undefined ? "end_turn" : "stop_sequence";
}
