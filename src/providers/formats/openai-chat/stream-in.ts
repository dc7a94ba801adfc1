// Canonical events as server-sent `chat.completion.chunk`s for a caller. A stream ends with `data: [DONE]`, except
// after an error: then the error is the last thing said, so that no client takes a broken answer for a whole one.
import type { ChatEvent, Extra } from "../../contract.ts";
import { writeUsage } from "./usage.ts";

export interface StreamEncoder {
  /** The SSE text for one event, blank lines included; empty where the event says nothing of its own. */
  write(event: ChatEvent): string;
}

export interface StreamEncoderOptions {
  /** The caller asked for `stream_options.include_usage`. */
  includeUsage: boolean;
}

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;
type Choice = { choice: number; delta?: Extra; finish_reason?: string; extra?: Extra };

export function createStreamEncoder({ includeUsage }: StreamEncoderOptions): StreamEncoder {
  let head: Extra = { id: "", object: "chat.completion.chunk", created: 0, model: "" };
  // Extras of the whole answer ride on the next chunk; clients expect that each chunk has a choice.
  let waiting: Extra | undefined;
  const begun = new Set<number>();
  const custom = new Set<string>();

  function chunk(choices: Extra[], usage?: Extra): string {
    const carried = waiting;
    waiting = undefined;
    return frame({ ...head, choices, ...(includeUsage && { usage: usage ?? null }), ...carried });
  }

  function ofChoice({ choice, delta = {}, finish_reason = undefined, extra }: Choice): string {
    const isFirst = !begun.has(choice);
    begun.add(choice);
    const said = isFirst ? { role: "assistant", ...delta } : delta;
    return chunk([{ index: choice, delta: said, finish_reason: finish_reason ?? null, ...extra }]);
  }

  function toolCall(event: EventOf<"tool_call_start" | "tool_call_arguments">): string {
    const key = `${event.choice}.${event.index}`;
    if (event.type === "tool_call_start" && event.extra?.["type"] === "custom") custom.add(key);
    const call = custom.has(key) ? customCall(event) : functionCall(event);
    return ofChoice({ choice: event.choice, delta: { tool_calls: [{ index: event.index, ...call }] } });
  }

  function write(event: ChatEvent): string {
    switch (event.type) {
      case "start":
        head = { ...head, id: event.id, created: event.created_s, model: event.model };
        waiting = event.extra;
        // As OpenAI begins: who speaks, before anything is said.
        return ofChoice({ choice: 0, delta: { content: "" } });
      case "text":
        return ofChoice({ choice: event.choice, delta: { content: event.text } });
      case "refusal":
        return ofChoice({ choice: event.choice, delta: { refusal: event.text } });
      case "reasoning":
        return ofChoice({ choice: event.choice, delta: { reasoning_content: event.text } });
      case "tool_call_start":
      case "tool_call_arguments":
        return toolCall(event);
      case "finish":
        return ofChoice({ choice: event.choice, finish_reason: finishWord(event) });
      case "extra":
        if (event.place === "message") return ofChoice({ choice: event.choice, delta: event.extra });
        if (event.place === "choice") return ofChoice({ choice: event.choice, extra: event.extra });
        waiting = { ...waiting, ...event.extra };
        return "";
      case "usage":
        return includeUsage ? chunk([], writeUsage(event.usage)) : "";
      case "reasoning_signature":
      case "citation":
      case "part":
        return "";
      case "error":
        return frame({ error: { message: event.message, type: "server_error", param: null, code: event.code } });
      case "end":
        return `${waiting ? chunk([]) : ""}data: [DONE]\n\n`;
    }
  }

  return { write };
}

function functionCall(event: EventOf<"tool_call_start" | "tool_call_arguments">): Extra {
  if (event.type === "tool_call_arguments") return { function: { arguments: event.text } };
  return { id: event.id, type: "function", function: { name: event.name, arguments: "" }, ...event.extra };
}

function customCall(event: EventOf<"tool_call_start" | "tool_call_arguments">): Extra {
  if (event.type === "tool_call_arguments") return { custom: { input: event.text } };
  return { id: event.id, ...event.extra, custom: { name: event.name, input: "" } };
}

/** The word for why an answer ended. Where we have none, the vendor's own says more than a wrong one would. */
export function finishWord({ reason, raw_reason: raw }: EventOf<"finish">): string {
  return reason === "other" ? raw : reason;
}

function frame(body: Extra): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}
