// What stands between the start and the end of an answer: thinking, plan, text, citations and calls, as canonical events. A plan
// for calls is told as text; extras before and after say to callers of this dialect that it was one.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { isOfThinking, readCitation } from "../citations.ts";

export interface MessageReader {
  /** `type` is the event's name. None for what says nothing. */
  read(type: string, event: Extra): ChatEvent[];
}

interface State {
  isPlan: boolean;
  /** The canonical number of each call, by Cohere's. */
  calls: Map<unknown, number>;
}

const CALL_KEYS = new Set(["id", "type", "function"]);
const FUNCTION_KEYS = new Set(["name", "arguments"]);

export function createMessageReader(): MessageReader {
  const state: State = { isPlan: false, calls: new Map() };
  return {
    read(type, event) {
      const part = partOf(event);
      switch (type) {
        case "content-start":
        case "content-delta":
          return [...readLogprobs(event["logprobs"]), ...readContent(state, part["content"])];
        case "tool-plan-delta":
          return readPlan(state, textOf(part["tool_plan"]) || textOf(deltaOf(event)["tool_plan"]));
        case "tool-call-start":
          return readCallStart(state, event);
        case "tool-call-delta":
          return readArguments(state, event);
        case "citation-start":
          return (Array.isArray(part["citations"]) ? part["citations"] : [part["citations"]]).flatMap(readCited);
        default:
          // `content-end`, `tool-call-end`, `citation-end`, `debug`, and what Cohere may add.
          return [];
      }
    },
  };
}

function deltaOf({ delta }: Extra): Extra {
  return isObject(delta) ? delta : {};
}

/** What an event adds to the message. */
export function partOf(event: Extra): Extra {
  const { message } = deltaOf(event);
  return isObject(message) ? message : {};
}

/** Some give lists of one where Cohere gives the one. */
export function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function readContent(state: State, content: unknown): ChatEvent[] {
  const block = firstOf(content);
  if (!isObject(block)) return [];
  const [type, text, thinking] = [textOf(block["type"]), textOf(block["text"]), textOf(block["thinking"])];
  if (thinking !== "") return [{ type: "reasoning", choice: 0, text: thinking }];
  if (text !== "" && (type === "" || type === "text"))
    return [...setPlan(state, false), { type: "text", choice: 0, text }];
  if (type === "" || type === "text" || type === "thinking") return [];
  return [{ type: "part", choice: 0, part: { type: "other", extra: block } }];
}

function readPlan(state: State, text: string): ChatEvent[] {
  return text === "" ? [] : [...setPlan(state, true), { type: "text", choice: 0, text }];
}

function setPlan(state: State, isPlan: boolean): ChatEvent[] {
  if (state.isPlan === isPlan) return [];
  state.isPlan = isPlan;
  return [{ type: "extra", choice: 0, place: "message", extra: { tool_plan: isPlan } }];
}

function readLogprobs(logprobs: unknown): ChatEvent[] {
  const items = Array.isArray(logprobs) ? (logprobs as unknown[]) : isObject(logprobs) ? [logprobs] : [];
  return items.length > 0 ? [{ type: "extra", choice: 0, place: "answer", extra: { logprobs: items } }] : [];
}

function readCallStart(state: State, event: Extra): ChatEvent[] {
  const call = firstOf(partOf(event)["tool_calls"] ?? deltaOf(event)["tool_call"]);
  if (!isObject(call)) return [];
  const index = state.calls.size;
  // Who gives no number, or the same again, means another call.
  const key = event["index"] === undefined || state.calls.has(event["index"]) ? Symbol() : event["index"];
  state.calls.set(key, index);
  const inner = isObject(call["function"]) ? call["function"] : {};
  const text = textOf(inner["arguments"]);
  const more = extraBeyond(inner, FUNCTION_KEYS);
  const extra = { ...extraBeyond(call, CALL_KEYS), ...(more && { function: more }) };
  const hasExtra = Object.keys(extra).length > 0;
  const [id, name] = [textOf(call["id"]), textOf(inner["name"])];
  const events: ChatEvent[] = [{ type: "tool_call_start", choice: 0, index, id, name, ...(hasExtra && { extra }) }];
  if (text !== "") events.push({ type: "tool_call_arguments", choice: 0, index, text });
  return events;
}

function readArguments(state: State, event: Extra): ChatEvent[] {
  const call = firstOf(partOf(event)["tool_calls"] ?? deltaOf(event)["tool_call"]);
  const inner = isObject(call) && isObject(call["function"]) ? call["function"] : {};
  const text = textOf(inner["arguments"]);
  const index = state.calls.get(event["index"]) ?? state.calls.size - 1;
  return text === "" || index < 0 ? [] : [{ type: "tool_call_arguments", choice: 0, index, text }];
}

function readCited(value: unknown): ChatEvent[] {
  const citation = readCitation(value);
  if (!citation) return [];
  // Only what is of the text has a canonical word.
  if (!isOfThinking(citation)) return [{ type: "citation", choice: 0, citation }];
  return [{ type: "extra", choice: 0, place: "message", extra: { citations: [value] } }];
}
