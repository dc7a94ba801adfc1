// Canonical events as lines of Ollama's answers, up to the one that is `done`. A stream and a whole answer for a caller are both
// made from these. Ollama says tool calls whole, so they wait for their arguments. What another vendor says and Ollama has no
// word for is told, once each.
import type { ChatEvent, Extra, Part, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { objectFromText } from "../../gemini/parts/json-object.ts";
import { idForVendor } from "../call-ids.ts";
import { writeDoneReason } from "../finish-reasons.ts";
import { writePicture } from "../pictures.ts";
import { writeUsage } from "../usage.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;
type SaidEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "end" | "error">>;

export interface LineBuilder {
  /** The lines that this event comes to; none after `end` or `error`, and of `error` itself none. */
  add(event: ChatEvent): Extra[];
}

interface Call {
  id: string;
  name: string;
  arguments: string;
  extra: Extra | undefined;
}

interface State {
  lines: Extra[];
  told: Dropped[];
  isOver: boolean;
  /** Of every line. */
  head: { model: string; created_at: string };
  calls: Map<number, Call>;
  logprobs: unknown[];
  finish: EventOf<"finish"> | undefined;
  usage: Usage | undefined;
  extras: { answer: Extra; message: Extra };
}

export function createLineBuilder(told: Dropped[]): LineBuilder {
  const state: State = {
    lines: [],
    told,
    isOver: false,
    head: { model: "", created_at: timeOf(0) },
    calls: new Map(),
    logprobs: [],
    finish: undefined,
    usage: undefined,
    extras: { answer: {}, message: {} },
  };
  return {
    add(event) {
      if (state.isOver) return [];
      addEvent(state, event);
      const { lines } = state;
      state.lines = [];
      return lines;
    },
  };
}

function addEvent(state: State, event: ChatEvent): void {
  switch (event.type) {
    case "start":
      state.head = { model: event.model, created_at: timeOf(event.created_s) };
      Object.assign(state.extras.answer, event.extra);
      return;
    case "usage":
      state.usage = event.usage;
      return;
    case "end":
      return end(state);
    case "error":
      state.isOver = true;
      return;
    default:
      if (event.choice > 0) tell(state, "choices", "Ollama gives one answer");
      else addSaid(state, event);
  }
}

function addSaid(state: State, event: SaidEvent): void {
  switch (event.type) {
    case "text":
    case "refusal":
      return say(state, { content: event.text });
    case "reasoning":
      return say(state, { thinking: event.text });
    case "reasoning_signature":
    case "citation":
      return tell(state, event.type);
    case "part":
      return addPart(state, event.part);
    case "tool_call_start":
      if (state.calls.has(event.index)) flush(state);
      state.calls.set(event.index, { id: event.id, name: event.name, arguments: "", extra: event.extra });
      return;
    case "tool_call_arguments": {
      const call = state.calls.get(event.index);
      if (call) call.arguments += event.text;
      else tell(state, "tool_calls", "arguments came when their call had ended");
      return;
    }
    case "extra":
      return addExtra(state, event);
    case "finish":
      state.finish ??= event;
  }
}

function tell({ told }: State, name: string, why = "Ollama's answers have no word for it"): void {
  const what = `answer.${name}`;
  if (!told.some((each) => each.what === what)) told.push({ what, why });
}

/** A line that says this; nothing for an empty text. */
function say(state: State, said: { content?: string; thinking?: string; images?: string[] }): void {
  if (said.content === "" || said.thinking === "") return;
  flush(state);
  pushLine(state, said);
}

function pushLine(state: State, said: Extra, more: Extra = { done: false }): void {
  const { logprobs } = state;
  state.logprobs = [];
  const message = { role: "assistant", content: "", ...said };
  state.lines.push({ ...state.head, message, ...more, ...(logprobs.length > 0 && { logprobs }) });
}

/** The calls that wait are whole when something else is said. */
function flush(state: State): void {
  if (state.calls.size === 0) return;
  const calls = [...state.calls.values()].map((call) => writeCall(state, call));
  state.calls.clear();
  pushLine(state, { tool_calls: calls });
}

function writeCall(state: State, { id, name, arguments: text, extra }: Call): Extra {
  const given = objectFromText(text);
  if (!given) tell(state, "tool_calls.arguments", "they are no JSON object; they go as text, under `arguments`");
  const { function: inner, ...more } = extra ?? {};
  const said = { name, arguments: given ?? { arguments: text } };
  return definedOnly<Extra>({ id: idForVendor(id), function: { ...said, ...(isObject(inner) && inner) }, ...more });
}

function addPart(state: State, part: Part): void {
  if (part.type === "text" || part.type === "refusal") {
    if (part.type === "text" && part.citations?.length) tell(state, "citation");
    return say(state, { content: part.text });
  }
  if (part.type === "reasoning" && part.redacted === undefined) {
    if (part.signature !== undefined) tell(state, "reasoning_signature");
    return say(state, { thinking: part.text });
  }
  const picture = part.type === "image" ? writePicture(part.url) : undefined;
  if (picture === undefined) tell(state, part.type);
  else say(state, { images: [picture] });
}

function addExtra({ extras, logprobs: held }: State, { extra, place }: EventOf<"extra">): void {
  const { logprobs, ...more } = extra;
  if (Array.isArray(logprobs)) held.push(...(logprobs as unknown[]));
  Object.assign(place === "answer" ? extras.answer : extras.message, more);
}

function end(state: State): void {
  flush(state);
  state.isOver = true;
  const { word, isSaid } = writeDoneReason(state.finish);
  if (!isSaid) tell(state, "finish_reason", `Ollama has no word for an answer that ended by ${state.finish?.reason}`);
  const { extras, usage } = state;
  tellUncounted(state);
  pushLine(state, extras.message, {
    done_reason: word,
    done: true,
    ...extras.answer,
    ...(usage && writeUsage(usage)),
  });
}

/** Parts of the counts that another vendor told apart. */
function tellUncounted(state: State): void {
  const { cache_read: read = 0, cache_write: written = 0, reasoning = 0 } = state.usage ?? {};
  if (read + written > 0) tell(state, "usage.cache", "Ollama counts no cached tokens apart");
  if (reasoning > 0) tell(state, "usage.reasoning", "Ollama counts no tokens of thinking apart");
}

function timeOf(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? timeOf(0) : time.toISOString();
}
