// Canonical events as the events of a Responses stream, from `response.created` to the whole response at its end. A stream and
// a whole answer for a caller are both made from these. What this dialect has no word for is told, once each.
import type { ChatEvent, Extra, Part, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject, textOf } from "../../fields.ts";
import { itemOf } from "../items.ts";
import { writeUsage } from "../usage.ts";
import {
  addArguments,
  addCall,
  addCitation,
  addItem,
  addLogprobs,
  addReasoning,
  addText,
  breakPiece,
  closeAll,
  noOutput,
  type Output,
  type ResponsesEvent,
  sealReasoning,
  startOpen,
} from "./output-in.ts";
import { writeExtras } from "./response-extras.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

export interface ResponseBuilder {
  /** What this event comes to, numbered; nothing after `end` or `error`. */
  add(event: ChatEvent): ResponsesEvent[];
  /** As it stands. */
  readonly response: Extra;
}

interface State {
  output: Output;
  told: Dropped[];
  response: Extra | undefined;
  finish: EventOf<"finish"> | undefined;
  usage: Usage | undefined;
  isOver: boolean;
}

const NO_WORD = "answers of the Responses API have no word for it";

export function createResponseBuilder(told: Dropped[]): ResponseBuilder {
  const state: State = {
    output: noOutput(),
    told,
    response: undefined,
    finish: undefined,
    usage: undefined,
    isOver: false,
  };
  let sequence = 0;
  return {
    get response() {
      return state.response ?? {};
    },
    add(event) {
      if (state.isOver) return [];
      addEvent(state, event);
      const { events } = state.output;
      state.output.events = [];
      return events.map((each) => ({ ...each, sequence_number: sequence++ }));
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
      state.output.events.push({ type: "error", code: event.code, message: event.message, param: null });
      return;
    default:
      start(state);
      if (event.choice > 0) tell(state, "choices", "the Responses API gives one answer");
      else addSaid(state, event);
  }
}

type SaidEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "end" | "error">>;

function addSaid(state: State, event: SaidEvent): void {
  const { output } = state;
  switch (event.type) {
    case "text":
      return addText(output, "output_text", event.text);
    case "refusal":
      return addText(output, "refusal", event.text);
    case "reasoning":
      return addReasoning(output, event.text, event.id);
    case "reasoning_signature":
      return sealReasoning(output, { signature: event.signature });
    case "citation":
      if (!addCitation(output, event.citation)) tell(state, "citation");
      return;
    case "part":
      return addPart(state, event.part);
    case "tool_call_start":
      return addCall(output, event.index, { id: event.id, name: event.name, own: event.extra?.["item"] });
    case "tool_call_arguments":
      if (!addArguments(output, event.index, event.text))
        tell(state, "tool_calls", "arguments came without their call");
      return;
    case "extra":
      return addExtra(state, event);
    case "finish":
      state.finish ??= event;
  }
}

function tell({ told }: State, name: string, why = NO_WORD): void {
  const what = `answer.${name}`;
  if (!told.some((each) => each.what === what)) told.push({ what, why });
}

/** All that a response must say; what was asked of the vendor is not known here. */
function emptyResponse({ id, model, created_s: created, extra }: EventOf<"start">): Extra {
  // Only answers of this dialect come with extras; their ids are the vendor's to understand.
  const known = extra || id.startsWith("resp_") ? id : `resp_${id}`;
  return {
    id: known,
    object: "response",
    created_at: created,
    status: "in_progress",
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model,
    output: [],
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: "auto",
    tools: [],
    top_p: null,
    ...(extra && writeExtras(extra)),
    usage: null,
  };
}

const UNNAMED: EventOf<"start"> = { type: "start", id: "", model: "", created_s: 0 };

function start(state: State, event = UNNAMED): void {
  if (state.response) return;
  const response = emptyResponse(event);
  state.response = response;
  state.output.base = textOf(response["id"]).replace(/^resp_/, "");
  state.output.events.push({ type: "response.created", response }, { type: "response.in_progress", response });
}

function addPart(state: State, part: Part): void {
  const { output } = state;
  const item = itemOf(part);
  if (item && typeof item["type"] === "string") return addItem(output, "item", item);
  if (part.type === "text") {
    addText(output, "output_text", part.text);
    for (const citation of part.citations ?? []) if (!addCitation(output, citation)) tell(state, "citation");
  } else if (part.type === "refusal") addText(output, "refusal", part.text);
  else if (part.type === "reasoning") {
    startOpen(output, "reasoning", part.id === undefined ? {} : { id: part.id });
    addReasoning(output, part.text, part.id);
    if (part.redacted !== undefined || part.signature !== undefined) sealReasoning(output, part);
  } else {
    const picture = part.type === "image" ? /^data:image\/(\w+);base64,(.*)$/s.exec(part.url) : null;
    if (picture) addItem(output, "ig", pictureItem(picture));
    else tell(state, part.type);
  }
}

/** A picture that the model made is said as what a tool for pictures gave. */
function pictureItem([, format, result]: RegExpExecArray): Extra {
  return { type: "image_generation_call", status: "completed", output_format: format, result };
}

function addExtra(state: State, { extra, place }: EventOf<"extra">): void {
  if (place === "answer") {
    state.response = { ...state.response, ...writeExtras(extra) };
    return;
  }
  for (const [name, value] of Object.entries(extra)) {
    const isKnown =
      place === "message" &&
      ((name === "item" && isObject(value) && beginOwn(state.output, value)) ||
        (name === "logprobs" && addLogprobs(state.output, value)));
    if (!isKnown) tell(state, name);
  }
}

/** A vendor of this dialect tells where a message, reasoning, or a further piece of it begins. */
function beginOwn(output: Output, item: Extra): true {
  if (item["type"] !== "reasoning") startOpen(output, "message", item);
  else if (item["piece"] === undefined) startOpen(output, "reasoning", item);
  else breakPiece(output);
  return true;
}

const BACKGROUND = new Set(["queued", "in_progress", "cancelled"]);

interface Ending {
  status: string;
  incomplete_details: { reason: string } | null;
}

function endingOf({ finish }: State): Ending {
  const { reason = "stop", raw_reason: raw = "" } = finish ?? {};
  const incomplete = (why: string): Ending => ({ status: "incomplete", incomplete_details: { reason: why } });
  if (BACKGROUND.has(raw)) return { status: raw, incomplete_details: null };
  if (reason === "length") return incomplete("max_output_tokens");
  if (reason === "content_filter") return incomplete("content_filter");
  // The vendor stopped on the way, and would go on.
  if (reason === "pause") return incomplete(raw);
  return { status: "completed", incomplete_details: null };
}

function end(state: State): void {
  start(state);
  const { output } = state;
  const ending = endingOf(state);
  closeAll(output, ending.status === "incomplete" ? "incomplete" : "completed");
  state.response = {
    ...state.response,
    ...ending,
    output: output.items,
    usage: state.usage ? writeUsage(state.usage) : null,
  };
  const type = ending.status === "incomplete" ? "response.incomplete" : "response.completed";
  output.events.push({ type, response: state.response });
  state.isOver = true;
}
