// What is said where a stream ends because its text must not go on: the finish that the dialect has for it, before the error that
// says why.
import { writeEventFrame } from "../formats/bedrock-converse/frames.ts";
import type { DialectName } from "../contract.ts";

export interface FilteredAnswer {
  id: string;
  model: string;
  created_s: number;
}

/** Undefined where the dialect has no such word outside of a whole answer. */
export function writeFilteredEnd(dialect: DialectName, answer: FilteredAnswer): string | Uint8Array | undefined {
  switch (dialect) {
    case "openai-chat":
      return event({
        id: answer.id,
        object: "chat.completion.chunk",
        created: answer.created_s,
        model: answer.model,
        choices: [{ index: 0, delta: {}, finish_reason: "content_filter" }],
      });
    case "anthropic-messages": {
      const delta = { stop_reason: "refusal", stop_sequence: null };
      return `event: message_delta\n${event({ type: "message_delta", delta, usage: { output_tokens: 0 } })}`;
    }
    case "gemini":
      return event({ candidates: [{ index: 0, finishReason: "SAFETY" }] });
    case "bedrock-converse":
      return writeEventFrame("messageStop", { stopReason: "guardrail_intervened" });
    default:
      return undefined;
  }
}

function event(body: object): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}
