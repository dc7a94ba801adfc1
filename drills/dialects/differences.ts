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
    to: "openai-chat",
    side: "request",
    line: /^turns\.\d+\.said: /,
    reason: "a text document, for which chat-completions has no part, is put into words",
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
