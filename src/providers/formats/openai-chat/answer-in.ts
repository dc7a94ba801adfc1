// Canonical events as one JSON answer for a caller of the chat-completions API.
import type { ChatEvent, Extra } from "../../contract.ts";
import { providersErrors } from "../../errors.ts";
import { type CollectedCall, type CollectedChoice, collectAnswer } from "../collect-answer.ts";
import { finishWord } from "./stream-in.ts";
import { writeUsage } from "./usage.ts";

/** A `chat.completion`. Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeChatAnswer(events: Iterable<ChatEvent>): Record<string, unknown> {
  const { start, choices, extra, usage, error, isWhole } = collectAnswer(events);
  if (error) throw providersErrors.broken_answer({ detail: error.message });
  if (!start || !isWhole) throw providersErrors.broken_answer({ detail: "it has no end" });
  const ordered = [...choices].sort(([a], [b]) => a - b);
  return {
    id: start.id,
    object: "chat.completion",
    created: start.created_s,
    model: start.model,
    choices: ordered.map(([index, choice]) => writeChoice(index, choice)),
    ...(usage && { usage: writeUsage(usage) }),
    ...extra,
  };
}

function writeChoice(index: number, choice: CollectedChoice): Extra {
  const calls = choice.tool_calls.flatMap((call) => [writeCall(call)]);
  const isSilent = choice.text === "" && (calls.length > 0 || choice.refusal !== "");
  return {
    index,
    message: {
      role: "assistant",
      content: isSilent ? null : choice.text,
      refusal: choice.refusal === "" ? null : choice.refusal,
      ...(choice.reasoning !== "" && { reasoning_content: choice.reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...choice.message_extra,
    },
    logprobs: null,
    finish_reason: choice.finish ? finishWord(choice.finish) : null,
    ...choice.choice_extra,
  };
}

function writeCall({ id, name, arguments: text, extra }: CollectedCall): Extra {
  return extra?.["type"] === "custom"
    ? { id, ...extra, custom: { name, input: text } }
    : { id, type: "function", function: { name, arguments: text }, ...extra };
}
