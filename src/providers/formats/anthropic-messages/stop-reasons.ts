// Why an answer ended, both directions.
import type { ChatEvent, FinishReason } from "../../contract.ts";

const REASONS = new Map<string, FinishReason>([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool_calls"],
  ["pause_turn", "pause"],
  ["compaction", "pause"],
  ["refusal", "refusal"],
]);

const WORDS = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  content_filter: "refusal",
  refusal: "refusal",
  pause: "pause_turn",
  other: "end_turn",
} as const satisfies Record<FinishReason, string>;

export function readStopReason(raw: string): FinishReason {
  return REASONS.get(raw) ?? "other";
}

export interface Ending {
  stop_reason: string;
  stop_sequence: string | null;
}

/** What Anthropic would have said. Many vendors say of an answer with tool calls, or of a refusal, only that it came to its end. */
export function writeStopReason(
  finish: Extract<ChatEvent, { type: "finish" }> | undefined,
  answer: { hasCalls: boolean; hasRefused: boolean },
): Ending {
  const { reason = "stop", raw_reason: raw = "", stop_sequence: sequence = null } = finish ?? {};
  const usual = (): string => {
    if (REASONS.has(raw)) return raw;
    if (reason !== "stop") return WORDS[reason];
    if (answer.hasCalls) return "tool_use";
    if (answer.hasRefused) return "refusal";
    return sequence === null ? "end_turn" : "stop_sequence";
  };
  return { stop_reason: usual(), stop_sequence: sequence };
}
