// Messages out of whatever a sender calls its input or output: lists of messages, whole requests and answers of vendors' APIs,
// or a text. What cannot be read as messages is undefined, and is then kept as it came.
import type { JsonValue } from "../../wire/wire-span.ts";
import { finishReasonOf } from "../figures/finish-reasons.ts";
import { isObject, type JsonObject, parseJson } from "../names/read-value.ts";
import type { Message, ToolCall } from "./message.ts";
import { readCall, readParts } from "./read-parts.ts";

/** A list of messages and nothing else: what can be told from other data whatever the span is. */
export function readMessageList(value: JsonValue, messagesMax: number): Message[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const messages: Message[] = [];
  for (const one of value.slice(0, messagesMax)) {
    const whole = unwrap(one);
    if (!whole || typeof whole["role"] !== "string") return undefined;
    messages.push(...messageOf(whole, whole["role"]));
  }
  return messages;
}

export interface ReadOptions {
  /** Whose a text without a role is. */
  role: "user" | "assistant";
  messagesMax: number;
  /** How many wrappings are opened yet: a request in a request is nobody's. */
  wrappings?: number;
}

const WRAPPINGS_MAX = 3;

/** Of a span that asked a model: also its request or answer whole, and a bare text. */
export function readMessages(value: JsonValue, options: ReadOptions): Message[] | undefined {
  if (typeof value === "string") return value === "" ? undefined : [{ role: options.role, content: value }];
  const listed = readMessageList(value, options.messagesMax);
  if (listed) return listed;
  if (Array.isArray(value)) return readLooseList(value, options);
  return isObject(value) ? readWhole(value, options) : undefined;
}

/** Calls of tools, or parts, without a message around them; or items of OpenAI's Responses, some with a role. */
function readLooseList(list: readonly JsonValue[], { role, messagesMax }: ReadOptions): Message[] | undefined {
  const messages: Message[] = [];
  let loose: JsonValue[] = [];
  const close = (): void => {
    if (loose.length > 0) messages.push(...messageOf({ parts: loose }, role));
    loose = [];
  };
  for (const one of list.slice(0, messagesMax)) {
    const whole = unwrap(one);
    if (!whole) return undefined;
    if (typeof whole["role"] === "string") {
      close();
      messages.push(...messageOf(whole, whole["role"]));
    } else if (readCall(whole) || typeof whole["type"] === "string") loose.push(whole);
    else return undefined;
  }
  close();
  return messages.length > 0 ? messages : undefined;
}

function readWhole(whole: JsonObject, outer: ReadOptions): Message[] | undefined {
  const { wrappings = WRAPPINGS_MAX } = outer;
  if (wrappings === 0) return undefined;
  const options = { ...outer, wrappings: wrappings - 1 };
  if (typeof whole["role"] === "string") return messageOf(whole, whole["role"]);
  const inside = whole["messages"] ?? whole["contents"] ?? whole["input"] ?? whole["prompt"];
  if (inside !== undefined && inside !== null) {
    const messages = readMessages(inside, options);
    return messages && [...systemOf(whole), ...messages];
  }
  const choices = whole["choices"] ?? whole["candidates"];
  if (Array.isArray(choices)) return choices.slice(0, options.messagesMax).flatMap((one) => readChoice(one, options));
  const output = whole["output"] ?? whole["message"];
  if (output !== undefined && output !== null) return readMessages(output, options);
  const text = whole["text"] ?? whole["completion"] ?? whole["content"];
  // Google's answers have a message for a content.
  if (isObject(text)) return readMessages(text, options);
  if (typeof text === "string" || Array.isArray(text)) return messageOf({ ...whole, content: text }, options.role);
  return undefined;
}

function readChoice(choice: JsonValue, { role }: ReadOptions): Message[] {
  if (!isObject(choice)) return [];
  const inside = choice["message"] ?? choice["content"] ?? choice["text"] ?? null;
  const message = isObject(inside) ? inside : { content: inside };
  const reason = choice["finish_reason"] ?? choice["finishReason"];
  const said = typeof message["role"] === "string" ? message["role"] : role;
  return messageOf({ ...message, ...(reason !== undefined && { finish_reason: reason }) }, said);
}

/** The instructions that stand beside the messages, put before them. */
export function systemOf(whole: JsonObject): Message[] {
  const said = whole["system"] ?? whole["instructions"] ?? whole["systemInstruction"];
  return said === undefined ? [] : readSystem(said);
}

export function readSystem(said: JsonValue): Message[] {
  const value = typeof said === "string" ? (parseJson(said) ?? said) : said;
  if (typeof value === "string") return value === "" ? [] : [{ role: "system", content: value }];
  const parts = Array.isArray(value)
    ? value
    : isObject(value) && Array.isArray(value["parts"])
      ? value["parts"]
      : [value];
  const { content } = readParts(parts);
  return content === null ? [] : [{ role: "system", content }];
}

/** OpenInference, and lists that were flattened, wrap each message once more. */
function unwrap(value: JsonValue | undefined): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  return isObject(value["message"]) && value["role"] === undefined ? value["message"] : value;
}

const roles: Readonly<Record<string, string>> = {
  model: "assistant",
  human: "user",
  ai: "assistant",
  function: "tool",
};

/** One message, or several where it carries what tools gave. */
export function messageOf(whole: JsonObject, saidRole: string): Message[] {
  const role = Object.hasOwn(roles, saidRole) ? (roles[saidRole] ?? saidRole) : saidRole;
  const { content, calls, results } = readParts(partsOf(whole));
  const allCalls = [...calls, ...callsBeside(whole)];
  const messages: Message[] = results.map((result) => ({
    role: "tool",
    content: result.content,
    ...(result.id !== null && { tool_call_id: result.id }),
  }));
  if (messages.length > 0 && content === null && allCalls.length === 0) return messages;
  const said: Message = { role, content, ...extrasOf(whole, allCalls) };
  // A model calls a tool before it has what the tool gave; a user hands that in before going on.
  return role === "assistant" ? [said, ...messages] : [...messages, said];
}

function extrasOf(whole: JsonObject, calls: ToolCall[]): Partial<Message> {
  const { name, finish_reason: reason } = whole;
  const callId = whole["tool_call_id"] ?? whole["id"];
  return {
    ...(typeof name === "string" && name !== "" && { name }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(whole["role"] === "tool" && typeof callId === "string" && { tool_call_id: callId }),
    ...(typeof reason === "string" && reason !== "" && { finish_reason: finishReasonOf(reason) }),
  };
}

function partsOf(whole: JsonObject): JsonValue[] {
  const said = whole["parts"] ?? whole["content"] ?? whole["contents"] ?? null;
  // Some put the list of parts into a text.
  const parts = typeof said === "string" && said.startsWith("[{") ? (parseJson(said) ?? said) : said;
  if (Array.isArray(parts)) return parts;
  return parts === null || parts === "" ? [] : [parts];
}

function callsBeside(whole: JsonObject): ToolCall[] {
  const said = whole["tool_calls"] ?? whole["toolCalls"];
  const list = typeof said === "string" ? parseJson(said) : said;
  const calls = Array.isArray(list) ? list : [];
  return calls.flatMap((one) => (isObject(one) ? (readCall({ type: "tool_call", ...one }) ?? []) : []));
}
