// Tool calls in a vendor's answer, whole or in pieces, as canonical events. Vendors differ most here: ids and numbers
// are left out, repeated or shared, and arguments come as text or as the object itself.
import type { ChatEvent, Extra } from "../../contract.ts";
import { extraBeyond, isObject, textOf } from "../fields.ts";

const FUNCTION_KEYS = new Set(["index", "id", "type", "function"]);
// The type of any other call says how to write it again.
const CUSTOM_KEYS = new Set(["index", "id", "custom"]);

/** Reads the tool calls of one choice; it remembers which have begun. */
export interface CallReader {
  read(call: Extra): ChatEvent[];
}

export function createCallReader(choice: number, answerId: string): CallReader {
  /** Ids of the calls that have begun, by number. */
  const begun: string[] = [];

  function begin(
    call: Extra,
    { index, name, isCustom }: { index: number; name: string; isCustom: boolean },
  ): ChatEvent {
    // Some vendors give no ids. The answer's own id makes ours unique from turn to turn, and the same on every reading.
    const callId = textOf(call["id"]) || `call_${answerId}_${choice}_${index}`;
    begun[index] = callId;
    const extra = extraBeyond(call, isCustom ? CUSTOM_KEYS : FUNCTION_KEYS);
    return { type: "tool_call_start", choice, index, id: callId, name, ...(extra && { extra }) };
  }

  return {
    read(call) {
      const isCustom = isObject(call["custom"]);
      const said = isCustom ? call["custom"] : call["function"];
      const { name, arguments: text, input } = isObject(said) ? said : {};
      const index = numberOf(call, textOf(name), begun);
      const events = begun[index] === undefined ? [begin(call, { index, name: textOf(name), isCustom })] : [];
      const argumentText = jsonText(isCustom ? input : text);
      if (argumentText !== "") events.push({ type: "tool_call_arguments", choice, index, text: argumentText });
      return events;
    },
  };
}

// Without a number, an unknown id begins a call and a piece without one goes on with the last. Gemini's compatible API
// numbers every parallel call 0: a second id and name under a number already taken begin another call.
function numberOf(call: Extra, name: string, begun: string[]): number {
  const id = textOf(call["id"]);
  const { index } = call;
  if (id !== "" && begun.includes(id)) return begun.indexOf(id);
  if (typeof index !== "number" || !(index >= 0 && index < INDEX_MAX) || !Number.isInteger(index))
    return id !== "" || name !== "" ? begun.length : Math.max(0, begun.length - 1);
  const isAnother = id !== "" && name !== "" && begun[index] !== undefined;
  return isAnother ? begun.length : index;
}

/** No answer has as many calls; a larger number would make a list of that length. */
const INDEX_MAX = 10_000;

/** Tool arguments are JSON text; a few vendors send the object itself. */
function jsonText(value: unknown): string {
  if (typeof value === "string") return value;
  return isObject(value) ? JSON.stringify(value) : "";
}
