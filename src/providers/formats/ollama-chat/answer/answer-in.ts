// Canonical events as one JSON answer for a caller. It is put together from the lines of the stream, so that an answer says the
// same whether it is streamed or not.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject, textOf } from "../../fields.ts";
import { createLineBuilder } from "./message-in.ts";

/** An answer. Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeOllamaAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra {
  const builder = createLineBuilder(told);
  const lines: Extra[] = [];
  for (const event of events) {
    if (event.type === "error") throw providersErrors.broken_answer({ detail: event.message });
    for (const line of builder.add(event)) lines.push(line);
  }
  const last = lines.at(-1);
  if (last?.["done"] !== true) throw providersErrors.broken_answer({ detail: "it has no end" });
  const messages = lines.map(({ message }) => (isObject(message) ? message : {}));
  const { message: _, logprobs: __, ...ending } = last;
  const { model, created_at, ...more } = ending;
  const logprobs = lines.flatMap((line) => listOf(line["logprobs"]));
  return {
    model,
    created_at,
    message: joined(messages),
    ...more,
    ...(logprobs.length > 0 && { logprobs }),
  };
}

/** Of a stream's messages the last one may say more. */
function joined(messages: readonly Extra[]): Extra {
  const textIn = (key: string): string => messages.map((message) => textOf(message[key])).join("");
  const listIn = (key: string): unknown[] => messages.flatMap((message) => listOf(message[key]));
  const [thinking, images, calls] = [textIn("thinking"), listIn("images"), listIn("tool_calls")];
  return {
    ...messages.at(-1),
    role: "assistant",
    content: textIn("content"),
    ...(thinking !== "" && { thinking }),
    ...(images.length > 0 && { images }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
