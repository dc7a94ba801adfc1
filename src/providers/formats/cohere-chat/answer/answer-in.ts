// Canonical events as one JSON answer for a caller. It is put together from the events of the stream, so that an answer says
// the same whether it is streamed or not.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject, textOf } from "../../fields.ts";
import type { CohereEvent } from "./calls-in.ts";
import { createMessageBuilder } from "./message-in.ts";
import { partOf } from "./message-out.ts";

interface Assembled {
  id: unknown;
  plan: string;
  content: Extra[];
  calls: Extra[];
  citations: unknown[];
  logprobs: unknown[];
  ending: CohereEvent | undefined;
}

/** An answer. Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeCohereAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra {
  const builder = createMessageBuilder(told);
  const answer: Assembled = {
    id: "",
    plan: "",
    content: [],
    calls: [],
    citations: [],
    logprobs: [],
    ending: undefined,
  };
  for (const event of events) {
    if (event.type === "error") throw providersErrors.broken_answer({ detail: event.message });
    // A stream joins those of one event; a whole answer keeps them apart.
    const items = event.type === "extra" && event.place === "answer" ? event.extra["logprobs"] : undefined;
    if (Array.isArray(items)) answer.logprobs.push(...(items as unknown[]));
    for (const said of builder.add(event)) addTo(answer, said);
  }
  if (!answer.ending) throw providersErrors.broken_answer({ detail: "it has no end" });
  return finish(answer, answer.ending);
}

function addTo(answer: Assembled, event: CohereEvent): void {
  const part = partOf(event);
  switch (event.type) {
    case "message-start":
      answer.id = event["id"];
      return;
    case "content-start":
      answer.content.push({ ...(part["content"] as Extra) });
      return;
    case "content-delta":
      return addDelta(answer.content.at(-1) ?? {}, part["content"] as Extra);
    case "tool-plan-delta":
      answer.plan += textOf(part["tool_plan"]);
      return;
    case "tool-call-start":
      answer.calls.push({ ...(part["tool_calls"] as Extra) });
      return;
    case "tool-call-delta":
      return addArguments(answer.calls.at(-1) ?? {}, part["tool_calls"] as Extra);
    case "citation-start":
      answer.citations.push(part["citations"]);
      return;
    case "message-end":
      answer.ending = event;
  }
}

function addDelta(block: Extra, delta: Extra): void {
  for (const [name, text] of Object.entries(delta)) block[name] = textOf(block[name]) + textOf(text);
}

function addArguments(call: Extra, { function: delta }: Extra): void {
  const inner = isObject(call["function"]) ? call["function"] : {};
  const more = isObject(delta) ? textOf(delta["arguments"]) : "";
  call["function"] = { ...inner, arguments: textOf(inner["arguments"]) + more };
}

function finish({ id, plan, content, calls, citations, logprobs }: Assembled, ending: CohereEvent): Extra {
  const { type: _, delta, logprobs: __, ...more } = ending;
  const { finish_reason: reason, usage, ...extra } = isObject(delta) ? delta : {};
  return {
    id,
    finish_reason: reason,
    message: {
      role: "assistant",
      ...(plan !== "" && { tool_plan: plan }),
      ...((content.length > 0 || calls.length === 0) && { content }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(citations.length > 0 && { citations }),
      ...extra,
    },
    ...(usage !== undefined && { usage }),
    ...(logprobs.length > 0 && { logprobs }),
    ...more,
  };
}
