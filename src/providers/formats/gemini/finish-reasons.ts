// Why an answer ended, both directions. A prompt that was blocked has no answer; its reason stands for one.
import type { ChatEvent, FinishReason } from "../../contract.ts";

const REASONS = new Map<string, FinishReason>([
  ["STOP", "stop"],
  ["MAX_TOKENS", "length"],
  ["SAFETY", "content_filter"],
  ["RECITATION", "content_filter"],
  ["BLOCKLIST", "content_filter"],
  ["PROHIBITED_CONTENT", "content_filter"],
  ["SPII", "content_filter"],
  ["MODEL_ARMOR", "content_filter"],
  ["JAILBREAK", "content_filter"],
  ["IMAGE_SAFETY", "content_filter"],
  ["IMAGE_PROHIBITED_CONTENT", "content_filter"],
  ["IMAGE_RECITATION", "content_filter"],
  ["CONTINUATION", "pause"],
  ["FINISH_REASON_UNSPECIFIED", "other"],
  ["BLOCKED_REASON_UNSPECIFIED", "content_filter"],
  ["LANGUAGE", "other"],
  ["OTHER", "other"],
  ["MALFORMED_FUNCTION_CALL", "other"],
  ["MALFORMED_RESPONSE", "other"],
  ["UNEXPECTED_TOOL_CALL", "other"],
  ["TOO_MANY_TOOL_CALLS", "other"],
  ["MISSING_THOUGHT_SIGNATURE", "other"],
  ["NO_IMAGE", "other"],
  ["IMAGE_OTHER", "other"],
]);

const WORDS = {
  stop: "STOP",
  length: "MAX_TOKENS",
  tool_calls: "STOP",
  content_filter: "SAFETY",
  refusal: "SAFETY",
  pause: "CONTINUATION",
  other: "OTHER",
} as const satisfies Record<FinishReason, string>;

/** Gemini stops for the calls of tools as for anything else. */
export function readFinishReason(raw: string, hasCalls: boolean): FinishReason {
  const reason = REASONS.get(raw) ?? "other";
  return reason === "stop" && hasCalls ? "tool_calls" : reason;
}

/** What Gemini would have said; its own word where it is one. */
export function writeFinishReason(finish: Extract<ChatEvent, { type: "finish" }> | undefined): string {
  if (finish === undefined) return WORDS.other;
  return REASONS.has(finish.raw_reason) ? finish.raw_reason : WORDS[finish.reason];
}
