// Canonical events as the events of Cohere's stream, from `message-start` to `message-end`. A stream and a whole answer for a
// caller are both made from these. What another vendor says and Cohere has no word for is told, once each.
import type { ChatEvent, Citation, Extra, Part, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject } from "../../fields.ts";
import { writeCitation } from "../citations.ts";
import { writeFinishReason } from "../finish-reasons.ts";
import { writeUsage } from "../usage.ts";
import { type CallWriter, type CohereEvent, createCallWriter } from "./calls-in.ts";
import { joinLogprobs } from "./logprobs.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;
type SaidEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "end" | "error">>;

export interface MessageBuilder {
  /** What this event comes to; nothing after `end` or `error`, and of `error` itself nothing. */
  add(event: ChatEvent): CohereEvent[];
}

interface State {
  events: CohereEvent[];
  told: Dropped[];
  hasStarted: boolean;
  isOver: boolean;
  isPlan: boolean;
  /** The kind of the content block that is open. */
  open: "text" | "thinking" | undefined;
  /** Of the last content block, of the last citation. */
  index: { content: number; citation: number };
  /** The text so far that citations are of, and how far what was cited reaches. */
  text: string;
  cited: number;
  calls: CallWriter;
  hasCalls: boolean;
  logprobs: unknown[];
  finish: EventOf<"finish"> | undefined;
  usage: Usage | undefined;
  extras: { answer: Extra; message: Extra };
}

export function createMessageBuilder(told: Dropped[]): MessageBuilder {
  const state: State = {
    events: [],
    told,
    hasStarted: false,
    isOver: false,
    isPlan: false,
    open: undefined,
    index: { content: -1, citation: -1 },
    text: "",
    cited: 0,
    calls: createCallWriter(),
    hasCalls: false,
    logprobs: [],
    finish: undefined,
    usage: undefined,
    extras: { answer: {}, message: {} },
  };
  return {
    add(event) {
      if (state.isOver) return [];
      addEvent(state, event);
      const { events } = state;
      state.events = [];
      return events;
    },
  };
}

function addEvent(state: State, event: ChatEvent): void {
  switch (event.type) {
    case "start":
      return start(state, event);
    case "usage":
      state.usage = event.usage;
      return;
    case "end":
      return end(state);
    case "error":
      state.isOver = true;
      return;
    default:
      start(state);
      if (event.choice > 0) tell(state, "choices", "Cohere gives one answer");
      else addSaid(state, event);
  }
}

function addSaid(state: State, event: SaidEvent): void {
  switch (event.type) {
    case "text":
    case "refusal":
      return addText(state, event.text);
    case "reasoning":
      return addThinking(state, event.text);
    case "reasoning_signature":
      return tell(state, "reasoning_signature");
    case "citation":
      return cite(state, event.citation);
    case "part":
      return addPart(state, event.part);
    case "tool_call_start": {
      const { function: inner, ...more } = event.extra ?? {};
      const said = { name: event.name, arguments: "", ...(isObject(inner) && inner) };
      stopContent(state);
      state.hasCalls = true;
      state.events.push(...state.calls.start(event.index, { id: event.id, type: "function", function: said, ...more }));
      return;
    }
    case "tool_call_arguments": {
      const said = state.calls.add(event.index, event.text);
      if (said) state.events.push(...said);
      else tell(state, "tool_calls", "arguments came when their call had ended");
      return;
    }
    case "extra":
      return addExtra(state, event);
    case "finish":
      state.finish ??= event;
  }
}

function tell({ told }: State, name: string, why = "Cohere's answers have no word for it"): void {
  const what = `answer.${name}`;
  if (!told.some((each) => each.what === what)) told.push({ what, why });
}

function start(state: State, event?: EventOf<"start">): void {
  if (state.hasStarted) return;
  state.hasStarted = true;
  Object.assign(state.extras.answer, event?.extra);
  const message = { role: "assistant", content: [], tool_plan: "", tool_calls: [], citations: [] };
  state.events.push({ type: "message-start", id: event?.id ?? "", delta: { message } });
}

function addText(state: State, text: string): void {
  if (text === "") return;
  if (state.isPlan) {
    stopContent(state);
    state.text += text;
    state.events.push({ type: "tool-plan-delta", delta: { message: { tool_plan: text } } });
    return;
  }
  openContent(state, "text");
  state.text += text;
  pushDelta(state, { text });
}

function addThinking(state: State, text: string): void {
  if (text === "") return;
  openContent(state, "thinking");
  pushDelta(state, { thinking: text });
}

function pushDelta(state: State, content: Extra): void {
  const logprobs = joinLogprobs(state.logprobs);
  state.logprobs = [];
  const delta = { message: { content } };
  state.events.push({
    type: "content-delta",
    index: state.index.content,
    delta,
    ...(logprobs !== undefined && { logprobs }),
  });
}

function openContent(state: State, kind: "text" | "thinking"): void {
  if (state.open === kind) return;
  stopContent(state);
  state.events.push(...state.calls.stop());
  state.index.content += 1;
  state.open = kind;
  if (kind === "text") [state.text, state.cited] = ["", 0];
  const content = kind === "text" ? { type: kind, text: "" } : { type: kind, thinking: "" };
  state.events.push({ type: "content-start", index: state.index.content, delta: { message: { content } } });
}

function stopContent(state: State): void {
  if (state.open === undefined) return;
  state.open = undefined;
  state.events.push({ type: "content-end", index: state.index.content });
}

/** Who does not say of what the citation is means the text since the one before. */
function cite(state: State, citation: Citation): void {
  const { start = state.cited, end = state.text.length } = citation;
  if (citation.start === undefined) state.cited = end;
  pushCitation(state, writeCitation(citation, { start, end, text: state.text.slice(start, end) }));
}

function pushCitation(state: State, citation: unknown): void {
  state.index.citation += 1;
  const { citation: index } = state.index;
  const delta = { message: { citations: citation } };
  state.events.push({ type: "citation-start", index, delta }, { type: "citation-end", index });
}

function addPart(state: State, part: Part): void {
  if (part.type === "text") {
    const from = state.open === "text" ? state.text.length : 0;
    addText(state, part.text);
    const span = { start: from, end: from + part.text.length };
    for (const citation of part.citations ?? []) cite(state, { ...span, ...citation });
  } else if (part.type === "refusal") addText(state, part.text);
  else if (part.type === "reasoning" && part.redacted === undefined) {
    addThinking(state, part.text);
    if (part.signature !== undefined) tell(state, "reasoning_signature");
  } else tell(state, part.type);
}

function addExtra(state: State, { extra, place }: EventOf<"extra">): void {
  const { tool_plan: isPlan, logprobs, citations, ...more } = extra;
  if (typeof isPlan === "boolean") state.isPlan = isPlan;
  if (Array.isArray(logprobs)) state.logprobs.push(...(logprobs as unknown[]));
  if (Array.isArray(citations)) for (const citation of citations as unknown[]) pushCitation(state, citation);
  Object.assign(place === "answer" ? state.extras.answer : state.extras.message, more);
}

function end(state: State): void {
  start(state);
  stopContent(state);
  state.events.push(...state.calls.stop());
  const { word, isSaid } = writeFinishReason(state.finish, state.hasCalls);
  if (!isSaid) tell(state, "finish_reason", `Cohere has no word for an answer that ended by ${state.finish?.reason}`);
  const usage = state.usage ? { usage: writeUsage(state.usage) } : {};
  // Of tokens after the last text.
  const logprobs = joinLogprobs(state.logprobs);
  const delta = { finish_reason: word, ...usage, ...state.extras.message };
  state.events.push({
    type: "message-end",
    delta,
    ...(logprobs !== undefined && { logprobs }),
    ...state.extras.answer,
  });
  state.isOver = true;
}
