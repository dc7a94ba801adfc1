// Canonical events as the events of Anthropic's stream, from `message_start` to `message_stop`. A stream and a whole answer
// for a caller are both made from these. What another vendor says and Anthropic has no word for is told, once each.
import type { ChatEvent, Extra, Part, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { writeStopReason } from "../stop-reasons.ts";
import { NO_USAGE, writeUsage } from "../usage.ts";
import {
  addArguments,
  addBlock,
  addCall,
  addCitation,
  addText,
  addThinking,
  type AnthropicEvent,
  blockFromPart,
  type Blocks,
  callBlock,
  noBlocks,
  sealThinking,
  stopBlocks,
} from "./block-in.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

export interface MessageBuilder {
  /** What this event comes to; nothing after `end` or `error`, and of `error` itself nothing. */
  add(event: ChatEvent): AnthropicEvent[];
}

/** What Anthropic says of a whole answer beside its content, and where in the last event but one; all else is another vendor's. */
const ANSWER_EXTRAS = new Map<string, "delta" | "event">([
  ["container", "delta"],
  ["stop_details", "delta"],
  ["context_management", "event"],
  ["input_transformations", "event"],
]);
const START_EXTRAS: ReadonlySet<string> = new Set([...ANSWER_EXTRAS.keys(), "diagnostics"]);
const CALL_EXTRAS: ReadonlySet<string> = new Set(["caller"]);

const NO_WORD = "Anthropic's answers have no word for it";

interface State {
  blocks: Blocks;
  told: Dropped[];
  hasStarted: boolean;
  isOver: boolean;
  seen: { hasCalls: boolean; hasRefused: boolean };
  finish: EventOf<"finish"> | undefined;
  usage: Usage | undefined;
  extras: { delta: Extra; event: Extra };
}

export function createMessageBuilder(told: Dropped[]): MessageBuilder {
  const state: State = {
    blocks: noBlocks(),
    told,
    hasStarted: false,
    isOver: false,
    seen: { hasCalls: false, hasRefused: false },
    finish: undefined,
    usage: undefined,
    extras: { delta: {}, event: {} },
  };
  return {
    add(event) {
      if (state.isOver) return [];
      addEvent(state, event);
      const { events } = state.blocks;
      state.blocks.events = [];
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
      if (event.choice > 0) tell(state, "choices", "Anthropic gives one answer");
      else addSaid(state, event);
  }
}

type SaidEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "end" | "error">>;

function addSaid(state: State, event: SaidEvent): void {
  const { blocks, seen } = state;
  switch (event.type) {
    case "text":
      return addText(blocks, event.text);
    case "refusal":
      seen.hasRefused = true;
      return addText(blocks, event.text);
    case "reasoning":
      return addThinking(blocks, event.text);
    case "reasoning_signature":
      return sealThinking(blocks, event.signature);
    case "citation":
      if (!addCitation(blocks, event.citation)) tell(state, "citation");
      return;
    case "part":
      return addPart(state, event.part);
    case "tool_call_start":
      seen.hasCalls = true;
      return addCall(blocks, event.index, callBlock(event, ownOf(state, event.extra ?? {}, CALL_EXTRAS)));
    case "tool_call_arguments":
      if (!addArguments(blocks, event.index, event.text))
        tell(state, "tool_calls", "arguments came when their call had ended");
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

/** Of these extras, what Anthropic says too; the rest is told. */
function ownOf(state: State, extra: Extra, names: ReadonlySet<string>): Extra {
  const own: Extra = {};
  for (const [key, value] of Object.entries(extra))
    if (names.has(key)) own[key] = value;
    else tell(state, key);
  return own;
}

function start(state: State, event?: EventOf<"start">): void {
  if (state.hasStarted) return;
  state.hasStarted = true;
  const message = {
    id: event?.id ?? "",
    type: "message",
    role: "assistant",
    model: event?.model ?? "",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...ownOf(state, event?.extra ?? {}, START_EXTRAS),
    usage: writeUsage(NO_USAGE),
  };
  state.blocks.events.push({ type: "message_start", message });
}

function addPart(state: State, part: Part): void {
  if (part.type === "text") return addWholeText(state, part);
  if (part.type === "reasoning" && part.redacted === undefined) {
    addThinking(state.blocks, part.text);
    if (part.signature !== undefined) sealThinking(state.blocks, part.signature);
    return;
  }
  const block = blockFromPart(part);
  if (block) addBlock(state.blocks, block);
  else tell(state, part.type);
}

function addWholeText(state: State, { text, citations = [] }: Extract<Part, { type: "text" }>): void {
  if (citations.length > 0) stopBlocks(state.blocks);
  addText(state.blocks, text);
  for (const citation of citations) if (!addCitation(state.blocks, citation)) tell(state, "citation");
}

function addExtra(state: State, { extra, place }: EventOf<"extra">): void {
  for (const [key, value] of Object.entries(extra)) {
    const where = place === "answer" ? ANSWER_EXTRAS.get(key) : undefined;
    if (where) state.extras[where][key] = value;
    else tell(state, key);
  }
}

function end(state: State): void {
  start(state);
  stopBlocks(state.blocks);
  const delta = { ...writeStopReason(state.finish, state.seen), ...state.extras.delta };
  const usage = writeUsage(state.usage ?? NO_USAGE);
  state.blocks.events.push({ type: "message_delta", delta, ...state.extras.event, usage }, { type: "message_stop" });
  state.isOver = true;
}
