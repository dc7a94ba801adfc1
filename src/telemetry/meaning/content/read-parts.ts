// The parts of a message in the words of OpenTelemetry, OpenAI, Anthropic, Google and Vercel: text, calls of tools, what tools
// gave, and the rest.
import type { JsonValue } from "../../wire/wire-span.ts";
import { isObject, type JsonObject, parseJson } from "../names/read-value.ts";
import type { ToolCall } from "./message.ts";

export interface ReadParts {
  content: JsonValue;
  calls: ToolCall[];
  /** What tools gave, each to be a message of its own. */
  results: { id: string | null; content: JsonValue }[];
}

export function readParts(parts: readonly JsonValue[]): ReadParts {
  const kept: JsonValue[] = [];
  const read: ReadParts = { content: null, calls: [], results: [] };
  for (const part of parts) {
    const whole = isObject(part) && isObject(part["message_content"]) ? part["message_content"] : part;
    const call = isObject(whole) ? readCall(whole) : undefined;
    const result = isObject(whole) && !call ? readResult(whole) : undefined;
    if (call) read.calls.push(call);
    else if (result) read.results.push(result);
    else kept.push(plainPart(whole));
  }
  read.content = joinTexts(kept);
  return read;
}

/** Texts alone become one; where there is anything else, all stay parts. */
function joinTexts(parts: JsonValue[]): JsonValue {
  if (parts.length === 0) return null;
  const texts: string[] = [];
  for (const part of parts) {
    if (!isObject(part) || part["type"] !== "text" || typeof part["text"] !== "string") return parts;
    texts.push(part["text"]);
  }
  return texts.join("\n");
}

function plainPart(part: JsonValue): JsonValue {
  if (typeof part === "string") return { type: "text", text: part };
  if (!isObject(part)) return part;
  const { type = "text" } = part;
  const text = part["text"] ?? part["content"];
  if ((type === "text" || type === "input_text" || type === "output_text") && typeof text === "string")
    return { type: "text", text };
  if (type === "reasoning" || type === "thinking") {
    const thought = part["content"] ?? part["text"] ?? part["thinking"];
    if (typeof thought === "string") return { type: "reasoning", text: thought };
  }
  return part;
}

/** A call of a tool, in any dialect's words. */
export function readCall(part: JsonObject): ToolCall | undefined {
  const inner = [part["tool_call"], part["functionCall"], part["function_call"], part["toolUse"]].find(isObject);
  return inner ? callIn({ type: "tool_call", ...inner }) : callIn(part);
}

function callIn(part: JsonObject): ToolCall | undefined {
  const asked = isObject(part["function"]) ? part["function"] : part;
  const { type } = part;
  const isCall =
    type === "tool_call" ||
    type === "tool_use" ||
    type === "tool-call" ||
    type === "function_call" ||
    asked !== part ||
    (part["toolCallId"] !== undefined && part["toolName"] !== undefined && type === undefined);
  const name = asked["name"] ?? asked["toolName"] ?? part["function.name"];
  if (!isCall || typeof name !== "string") return undefined;
  const id = part["id"] ?? part["toolCallId"] ?? part["call_id"] ?? part["toolUseId"];
  const given = asked["arguments"] ?? asked["args"] ?? asked["input"] ?? part["input"] ?? null;
  return {
    id: typeof id === "string" ? id : null,
    type: "function",
    function: { name, arguments: argumentsText(given) },
  };
}

/** JSON in one form, so that the same call is the same text whoever wrote it. */
function argumentsText(given: JsonValue): string {
  if (typeof given !== "string") return given === null ? "" : JSON.stringify(given);
  const parsed = parseJson(given);
  return parsed === undefined ? given : JSON.stringify(parsed);
}

function readResult(part: JsonObject): ReadParts["results"][number] | undefined {
  const { type } = part;
  const inner = part["functionResponse"] ?? part["toolResult"];
  if (isObject(inner)) return { id: idOf(inner), content: inner["response"] ?? inner["content"] ?? null };
  if (
    type !== "tool_call_response" &&
    type !== "tool_result" &&
    type !== "tool-result" &&
    type !== "function_call_output"
  )
    return undefined;
  const given = part["response"] ?? part["result"] ?? part["content"] ?? part["output"] ?? null;
  return { id: idOf(part), content: resultText(given) };
}

function idOf(part: JsonObject): string | null {
  const id = part["id"] ?? part["toolCallId"] ?? part["tool_use_id"] ?? part["call_id"] ?? part["toolUseId"];
  return typeof id === "string" ? id : null;
}

/** Vercel wraps what a tool gave: `{type: "text", value}`. */
function resultText(given: JsonValue): JsonValue {
  if (isObject(given) && (given["type"] === "text" || given["type"] === "json") && given["value"] !== undefined)
    return given["value"];
  return given;
}
