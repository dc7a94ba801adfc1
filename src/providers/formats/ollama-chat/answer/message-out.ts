// The message within a line of a vendor's answer: a piece of thinking, a piece of text, tool calls that are whole, pictures.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { makeCallId } from "../call-ids.ts";
import { readPicture } from "../pictures.ts";

export interface MessageReader {
  /** `place` tells this answer's calls from another's, where the vendor gives them no ids. */
  open(place: string): void;
  read(message: unknown): ChatEvent[];
  readonly hasCalls: boolean;
}

const MESSAGE_KEYS = new Set(["role", "content", "thinking", "tool_calls", "images"]);
const CALL_KEYS = new Set(["id", "type", "function"]);
/** `index` is the call's place in the list. */
const FUNCTION_KEYS = new Set(["name", "arguments", "index"]);

export function createMessageReader(): MessageReader {
  let place = "";
  let calls = 0;

  function readCall(call: Extra): ChatEvent[] {
    const inner = isObject(call["function"]) ? call["function"] : {};
    const index = calls;
    calls += 1;
    const id = textOf(call["id"]) || makeCallId(place, index);
    const more = extraBeyond(inner, FUNCTION_KEYS);
    const extra = { ...extraBeyond(call, CALL_KEYS), ...(more && { function: more }) };
    const start = { type: "tool_call_start", choice: 0, index, id, name: textOf(inner["name"]) } as const;
    return [
      Object.keys(extra).length > 0 ? { ...start, extra } : start,
      { type: "tool_call_arguments", choice: 0, index, text: textOfArguments(inner["arguments"]) },
    ];
  }

  return {
    get hasCalls() {
      return calls > 0;
    },
    open(said) {
      place = said;
    },
    read(message) {
      if (!isObject(message)) return [];
      const events: ChatEvent[] = [];
      const [thinking, content] = [textOf(message["thinking"]), textOf(message["content"])];
      const extra = extraBeyond(message, MESSAGE_KEYS);
      if (extra) events.push({ type: "extra", choice: 0, place: "message", extra });
      if (thinking !== "") events.push({ type: "reasoning", choice: 0, text: thinking });
      if (content !== "") events.push({ type: "text", choice: 0, text: content });
      for (const data of listOf(message["images"]))
        if (typeof data === "string") events.push({ type: "part", choice: 0, part: readPicture(data) });
      events.push(...listOf(message["tool_calls"]).filter(isObject).flatMap(readCall));
      return events;
    },
  };
}

/** An object; imitators send it as text. */
function textOfArguments(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? {});
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
