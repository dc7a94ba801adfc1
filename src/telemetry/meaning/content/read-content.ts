// What went into a span and what came out, as bodies: messages in one shape wherever they can be read, else as they came. Senders
// say the same content under several names; it is kept once, under the first that reads.
import type { SpanKind } from "../../../ledger/contract.ts";
import type { JsonValue, WireEvent } from "../../wire/wire-span.ts";
import type { Field } from "../names/field-names.ts";
import type { ListName } from "../names/list-names.ts";
import type { Said, SaidValue } from "../names/said.ts";
import { parseJson } from "../names/read-value.ts";
import type { Message } from "./message.ts";
import { eventsIn, messagesInEvents } from "./messages-in-events.ts";
import { type ReadOptions, readMessageList, readMessages, readSystem } from "./read-messages.ts";
import { unflatten } from "./unflatten.ts";
import { readVercelAnswer } from "./vercel-answer.ts";

export interface Body {
  media_type: "application/json" | "text/plain";
  content: string;
}

export interface Content {
  request?: Body;
  response?: Body;
  /** Of the answer's messages, where one says it. */
  finishReason?: string;
}

export interface ContentOptions {
  kind: SpanKind;
  events: readonly WireEvent[];
  messagesMax: number;
}

interface Side {
  field: Field & ("input" | "output");
  role: ReadOptions["role"];
  lists: readonly ListName[];
}

const inputSide: Side = { field: "input", role: "user", lists: ["input_messages", "gen_ai_prompt", "prompts"] };
const outputSide: Side = { field: "output", role: "assistant", lists: ["output_messages", "gen_ai_completion"] };

export function readContent(said: Said, options: ContentOptions): Content {
  const request = readSide(said, inputSide, options);
  const response = readSide(said, outputSide, options);
  const reason = response?.messages?.findLast(({ finish_reason }) => finish_reason !== undefined)?.finish_reason;
  return {
    ...(request && { request: request.body }),
    ...(response && { response: response.body }),
    ...(reason !== undefined && { finishReason: reason }),
  };
}

interface Read {
  body: Body;
  messages?: readonly Message[];
}

function readSide(said: Said, side: Side, options: ContentOptions): Read | undefined {
  const system = side.field === "input" ? (said.take("system", systemIn) ?? []) : [];
  const messages = findMessages(said, side, options);
  if (messages) return asMessages([...system, ...messages]);
  const [first] = said.all(side.field).filter(({ value }) => value !== "");
  if (first) {
    said.drop(first.name);
    for (const { name, value } of said.all(side.field)) if (value === first.value) said.drop(name);
    return { body: bodyAsCame(first.value) };
  }
  return system.length > 0 ? asMessages(system) : undefined;
}

function systemIn(value: JsonValue): Message[] | undefined {
  const messages = readSystem(value);
  return messages.length > 0 ? messages : undefined;
}

/** The program's own word first, then one that reads as messages, then lists, then events. */
function findMessages(said: Said, side: Side, options: ContentOptions): Message[] | undefined {
  const values = said.all(side.field);
  if (side.field === "output") {
    const answer = readVercelAnswer(said);
    if (answer) return answer;
  }
  const isLoose = options.kind === "call" || options.kind === "agent";
  const read: ReadOptions = { role: side.role, messagesMax: options.messagesMax };
  for (const list of side.lists) {
    const entries = said.list(list);
    if (entries.length === 0) continue;
    const own = values.find(({ name }) => name.startsWith("langfuse."));
    if (own) break;
    const messages = readMessages(unflatten(entries, options.messagesMax), read);
    if (!messages) continue;
    for (const { name } of entries) said.drop(name);
    dropOthers(said, values, messages);
    return messages;
  }
  for (const value of values) {
    const messages = messagesIn(value, { ...read, isLoose });
    if (!messages) continue;
    dropOthers(said, values, messages);
    said.drop(value.name);
    return messages;
  }
  const told = messagesInEvents(options.events, side.role, options.messagesMax);
  const kept = told ?? messagesInEvents(eventsIn(said.get("events")), side.role, options.messagesMax);
  if (kept && !told) said.drop("events");
  return kept;
}

function messagesIn({ value }: SaidValue, options: ReadOptions & { isLoose: boolean }): Message[] | undefined {
  const whole = typeof value === "string" ? parseJson(value) : value;
  if (whole !== undefined) {
    // Some SDKs give a list with one message in JSON in each place.
    const opened = Array.isArray(whole)
      ? whole.map((one) => (typeof one === "string" ? (parseJson(one) ?? one) : one))
      : whole;
    const read = options.isLoose ? readMessages(opened, options) : readMessageList(opened, options.messagesMax);
    if (read) return read;
  }
  return options.isLoose && typeof value === "string" && whole === undefined ? readMessages(value, options) : undefined;
}

/** What says the same once more: anything in JSON, and a text that is one of the messages. Another text stays. */
function dropOthers(said: Said, values: readonly SaidValue[], messages: readonly Message[]): void {
  for (const { name, value } of values) {
    const isCopy = typeof value !== "string" || /^\s*[[{]/.test(value);
    if (isCopy || messages.some(({ content }) => content === value)) said.drop(name);
  }
}

function asMessages(messages: readonly Message[]): Read {
  return { body: { media_type: "application/json", content: JSON.stringify(messages) }, messages };
}

export function bodyAsCame(value: JsonValue): Body {
  if (typeof value !== "string") return { media_type: "application/json", content: JSON.stringify(value) };
  return { media_type: parseJson(value) === undefined ? "text/plain" : "application/json", content: value };
}
