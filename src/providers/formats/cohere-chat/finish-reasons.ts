// Why an answer ended, both directions.
import type { ChatEvent, FinishReason } from "../../contract.ts";

const REASONS = new Map<string, FinishReason>([
  ["COMPLETE", "stop"],
  ["STOP_SEQUENCE", "stop"],
  ["MAX_TOKENS", "length"],
  ["TOOL_CALL", "tool_calls"],
  ["ERROR_TOXIC", "content_filter"],
  ["ERROR_LIMIT", "length"],
]);

export function readFinishReason(raw: string): FinishReason {
  return REASONS.get(raw) ?? "other";
}

/** Those with which Cohere says that there is no whole answer. */
export function isFailure(raw: string): boolean {
  return raw === "ERROR" || raw === "TIMEOUT" || raw === "USER_CANCEL";
}

const WORDS = {
  stop: "COMPLETE",
  length: "MAX_TOKENS",
  tool_calls: "TOOL_CALL",
  content_filter: undefined,
  refusal: undefined,
  pause: undefined,
  other: "COMPLETE",
} as const satisfies Record<FinishReason, string | undefined>;

/** What Cohere would have said. `isSaid` is false where it has no word for the reason. */
export function writeFinishReason(
  finish: Extract<ChatEvent, { type: "finish" }> | undefined,
  hasCalls: boolean,
): { word: string; isSaid: boolean } {
  const { reason = "stop", raw_reason: raw = "", stop_sequence: sequence } = finish ?? {};
  if (REASONS.has(raw)) return { word: raw, isSaid: true };
  // Many vendors say of an answer with tool calls only that it came to its end.
  if (reason === "stop" && hasCalls) return { word: "TOOL_CALL", isSaid: true };
  if (reason === "stop" && sequence !== undefined) return { word: "STOP_SEQUENCE", isSaid: true };
  const word = WORDS[reason];
  return { word: word ?? "COMPLETE", isSaid: word !== undefined };
}
