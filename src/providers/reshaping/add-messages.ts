// More messages, and parameters that were left open, in a request that stays in its caller's dialect: what the caller wrote is
// kept member by member, and what is added is written as that dialect would have it.
import type { ChatRequest, Extra, Message } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { type Dropped } from "../formats/dialect.ts";
import { dialectOf } from "../formats/dialects.ts";
import { isObject } from "../formats/fields.ts";

/** What may be said beside messages; the request's own word wins. */
export type AddedParameters = Pick<
  ChatRequest,
  | "temperature"
  | "top_p"
  | "max_output_tokens"
  | "stop"
  | "seed"
  | "presence_penalty"
  | "frequency_penalty"
  | "reasoning"
  | "response_format"
>;

export interface Added {
  messages: readonly Message[];
  /** Before the request's own, or after them. */
  place: "before" | "after";
  parameters?: AddedParameters;
  /** A member of the request that has been heeded. */
  heeded?: string;
}

/** They say the model in the address. */
const IN_ADDRESS: ReadonlySet<string> = new Set(["gemini", "bedrock-converse"]);

/** `dropped` names what the dialect has no words for. */
export function addMessages(request: CallerRequest, added: Added): { request: CallerRequest; dropped: Dropped[] } {
  const { dialect, model } = request;
  const { messages, place, parameters = {}, heeded } = added;
  // In nobody's own words: what the dialect cannot say is told.
  const asked: ChatRequest = { model, dialect: "openai-chat", stream: false, messages: [...messages], ...parameters };
  const { body: more, dropped } = dialectOf(dialect).vendor.writeRequest(asked, { model });
  // Anthropic's protocol must have one, and so one is written: the caller says its own.
  if (parameters.max_output_tokens === undefined) delete more["max_tokens"];
  const own = withCamelKeys(JSON.parse(request.text) as Extra);
  if (heeded !== undefined) delete own[heeded];
  if (!IN_ADDRESS.has(dialect)) own["model"] = model;
  return { request: { ...request, text: JSON.stringify(merge(own, more, place)) }, dropped };
}

/** Gemini's clients may write either. */
function withCamelKeys(body: Extra): Extra {
  const { system_instruction: system, generation_config: generation, ...rest } = body;
  return {
    ...rest,
    ...(system !== undefined && { systemInstruction: system }),
    ...(generation !== undefined && { generationConfig: generation }),
  };
}

const UNTOUCHED: ReadonlySet<string> = new Set(["model", "stream"]);
const MESSAGES: ReadonlySet<string> = new Set(["messages", "input", "contents"]);
const SYSTEM: ReadonlySet<string> = new Set(["system", "systemInstruction", "instructions"]);

function merge(own: Extra, more: Extra, place: Added["place"]): Extra {
  const merged = { ...own };
  for (const [name, value] of Object.entries(more)) {
    const before = own[name];
    if (UNTOUCHED.has(name)) continue;
    if (MESSAGES.has(name)) merged[name] = joinLists(messagesIn(before), messagesIn(value), place);
    else if (SYSTEM.has(name)) merged[name] = joinSystem(value, before);
    else if (isObject(before) && isObject(value)) merged[name] = { ...value, ...before };
    else if (before === undefined && !(name === "max_completion_tokens" && "max_tokens" in own)) merged[name] = value;
  }
  return merged;
}

function messagesIn(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [{ type: "message", role: "user", content: value }];
  return Array.isArray(value) ? value : [value];
}

function joinLists(own: unknown[], more: unknown[], place: Added["place"]): unknown[] {
  const [first, second] = place === "before" ? [more, own] : [own, more];
  const [last, next] = [first.at(-1), second[0]];
  if (!isBlockTurn(last) || !isBlockTurn(next) || last.role !== next.role) return [...first, ...second];
  // Converse takes turns by turns only.
  return [...first.slice(0, -1), { ...last, content: [...last.content, ...next.content] }, ...second.slice(1)];
}

/** A turn as Anthropic and Bedrock write it, with a list of blocks. */
function isBlockTurn(value: unknown): value is { role: "user" | "assistant"; content: unknown[] } {
  return isObject(value) && value["type"] === undefined && Array.isArray(value["content"]) && "role" in value;
}

/** The added one first: it is the frame that the call's own words stand in. */
function joinSystem(more: unknown, own: unknown): unknown {
  if (own === undefined || own === null || own === "") return more;
  if (typeof more === "string") return `${more}\n\n${typeof own === "string" ? own : JSON.stringify(own)}`;
  if (Array.isArray(more)) return [...more, ...(Array.isArray(own) ? own : [{ type: "text", text: own }])];
  return { ...(more as Extra), ...(isObject(own) ? own : {}), parts: [...partsIn(more), ...partsIn(own)] };
}

/** Of Gemini's instruction, which may be written as a text alone. */
function partsIn(instruction: unknown): unknown[] {
  if (typeof instruction === "string") return [{ text: instruction }];
  const parts = isObject(instruction) ? instruction["parts"] : undefined;
  return Array.isArray(parts) ? parts : parts === undefined ? [] : [parts];
}
