// What may differ when an exchange goes from one dialect to another, each with its reason. The drill fails on any other.
import type { DialectName } from "../../src/providers/index.ts";
import type { Cell } from "./matrix.ts";

export interface Difference {
  /** Any, where nothing is said. */
  from?: DialectName;
  to?: DialectName;
  side: Cell["side"];
  /** Of the line that tells it. */
  line: RegExp;
  reason: string;
}

export const differences: readonly Difference[] = [
  {
    from: "openai-chat",
    to: "openai-chat",
    side: "request",
    line: /^extra: nothing became \{"stream_options"/,
    reason: "a stream's usage is always asked for",
  },
  {
    from: "openai-chat",
    to: "openai-chat",
    side: "request",
    line: /^messages\.\d+\.parts\.\d+\.(?:extra|text|type)/,
    reason: "Mistral's parts of thinking are one piece of reasoning",
  },
  {
    side: "request",
    line: /^turns\.\d+\.said: /,
    reason: "a text document, where the dialect has no part for one, is put into words",
  },
  {
    from: "anthropic-messages",
    to: "anthropic-messages",
    side: "request",
    line: /^messages\.\d+/,
    reason: "turns of one role that follow one another are one",
  },
  {
    to: "anthropic-messages",
    side: "request",
    line: /^(?:system|turns)/,
    reason: "instructions alone are a turn of the user's: Anthropic wants at least one",
  },
  {
    to: "gemini",
    side: "request",
    line: /^(?:system|turns\.0)/,
    reason: "instructions alone are a turn of the user's: Gemini wants at least one",
  },
  {
    to: "bedrock-converse",
    side: "request",
    line: /^(?:system|turns\.0)/,
    reason: "instructions alone are a turn of the user's: Bedrock wants at least one",
  },
  {
    from: "gemini",
    side: "request",
    line: /^turns\.\d+: \{"side":"user".* became nothing$/,
    reason: "a turn of the model's without a word is not sent, so that the user's turns around it are one",
  },
  {
    from: "gemini",
    to: "anthropic-messages",
    side: "answer",
    line: /^finish: "content_filter" became "refusal"$/,
    reason: "Anthropic has one word for both",
  },
  {
    from: "gemini",
    to: "cohere-chat",
    side: "answer",
    line: /^finish: "content_filter" became "stop"$/,
    reason: "Cohere has no word for an answer that was filtered",
  },
  {
    from: "gemini",
    to: "ollama-chat",
    side: "answer",
    line: /^finish: "content_filter" became "stop"$/,
    reason: "Ollama has no word for an answer that was filtered",
  },
  {
    from: "openai-responses",
    side: "answer",
    line: /^finish: "other" became "stop"/,
    reason: "a response that is still worked on has not ended; no other dialect has such",
  },
  {
    from: "openai-responses",
    side: "answer",
    line: /^(?:input|output): nothing became 0/,
    reason: "a response that is still worked on has used nothing yet",
  },
  {
    side: "request",
    line: /^tools/,
    reason: "a vendor's own tool is unknown elsewhere; it is dropped, and told",
  },
];

/** The one that allows for this line, or nothing. */
export function allowedBy({ recording, to, side }: Cell, line: string): Difference | undefined {
  return differences.find(
    (each) =>
      each.side === side &&
      (each.from ?? recording.dialect) === recording.dialect &&
      (each.to ?? to) === to &&
      each.line.test(line),
  );
}
