// Canonical events as the events of Converse's stream, from `messageStart` to `metadata`. A stream and a whole answer for a caller
// are both made from these. What another vendor says and Bedrock has no word for is told, once each.
import type { ChatEvent, Extra, Part, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { definedOnly, isObject, textOf } from "../../fields.ts";
import { writePart } from "../request/block-out.ts";
import { writeStopReason } from "../stop-reasons.ts";
import { NO_USAGE, writeTier, writeUsage } from "../usage.ts";
import {
  addArguments,
  addBlock,
  addCall,
  addCitation,
  addReasoning,
  addText,
  type Blocks,
  type ConverseEvent,
  noBlocks,
  sealReasoning,
  stopBlocks,
} from "./block-in.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

export interface MessageBuilder {
  /** What this event comes to; nothing after `end` or `error`, and of `error` itself nothing. */
  add(event: ChatEvent): ConverseEvent[];
}

/** What Bedrock says of a whole answer beside its content, and with which event; all else is another vendor's. */
const ANSWER_EXTRAS = new Map<string, "stop" | "metadata">([
  ["additionalModelResponseFields", "stop"],
  ["metrics", "metadata"],
  ["trace", "metadata"],
  ["performanceConfig", "metadata"],
]);

const NO_WORD = "Bedrock's answers have no word for it";

interface State {
  blocks: Blocks;
  told: Dropped[];
  hasStarted: boolean;
  isOver: boolean;
  hasCalls: boolean;
  finish: EventOf<"finish"> | undefined;
  usage: Usage | undefined;
  extras: { stop: Extra; metadata: Extra };
}

export function createMessageBuilder(told: Dropped[]): MessageBuilder {
  const state: State = {
    blocks: noBlocks(),
    told,
    hasStarted: false,
    isOver: false,
    hasCalls: false,
    finish: undefined,
    usage: undefined,
    extras: { stop: {}, metadata: {} },
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
      start(state);
      return tellAll(state, event.extra);
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
      if (event.choice > 0) tell(state, "choices", "Bedrock gives one answer");
      else addSaid(state, event);
  }
}

type SaidEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "end" | "error">>;

function addSaid(state: State, event: SaidEvent): void {
  const { blocks } = state;
  switch (event.type) {
    case "text":
    case "refusal":
      return addText(blocks, event.text);
    case "reasoning":
      return addReasoning(blocks, event.text);
    case "reasoning_signature":
      return sealReasoning(blocks, event.signature);
    case "citation":
      if (!addCitation(blocks, event.citation)) tell(state, "citation");
      return;
    case "part":
      return addPart(state, event.part);
    case "tool_call_start":
      state.hasCalls = true;
      tellAll(state, event.extra);
      return addCall(blocks, event.index, { toolUseId: event.id, name: event.name });
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

function tellAll(state: State, extra: Extra | undefined): void {
  for (const name of Object.keys(extra ?? {})) tell(state, name);
}

function start(state: State): void {
  if (state.hasStarted) return;
  state.hasStarted = true;
  state.blocks.events.push({ name: "messageStart", payload: { role: "assistant" } });
}

function addPart(state: State, part: Part): void {
  const { blocks } = state;
  if (part.type === "text") {
    if (part.citations?.length) stopBlocks(blocks);
    addText(blocks, part.text);
    for (const citation of part.citations ?? []) if (!addCitation(blocks, citation)) tell(state, "citation");
    return;
  }
  if (part.type === "reasoning" && part.redacted === undefined) {
    addReasoning(blocks, part.text);
    if (part.signature !== undefined) sealReasoning(blocks, part.signature);
    return;
  }
  const block = blockFromPart(state, part);
  if (block) addBlock(blocks, block);
  else tell(state, part.type);
}

/** Undefined where Bedrock has none. */
function blockFromPart(state: State, part: Part): { start?: Extra; delta: Extra } | undefined {
  if (part.type === "reasoning") return { delta: { reasoningContent: { redactedContent: part.redacted } } };
  if (part.type === "server_tool_call") {
    // Another vendor's tools, and what they gave, would mean nothing here.
    if (part.extra?.["type"] !== "server_tool_use") return undefined;
    const toolUse = { toolUseId: part.id, name: part.name, ...part.extra };
    return { start: { toolUse }, delta: { toolUse: { input: JSON.stringify(part.input) } } };
  }
  if (part.type === "server_tool_result") {
    if (!textOf(part.extra?.["type"]).endsWith("_result") || !isResultContent(part.content)) return undefined;
    const toolResult = { toolUseId: part.call_id, ...part.extra };
    return { start: { toolResult }, delta: { toolResult: part.content } };
  }
  const drop = (_: string, why: string): void => tell(state, part.type, why);
  const [block] = writePart(part, "answer", { isOwn: true, canCache: false, documentNames: new Set(), drop });
  if (!isObject(block?.["image"])) return block && { delta: block };
  const { source, ...begun } = block["image"];
  return { start: { image: begun }, delta: { image: { source } } };
}

const RESULT_KINDS = ["json", "text", "image", "document", "video"];

function isResultContent(content: unknown): boolean {
  if (!Array.isArray(content)) return false;
  return content.every((each) => isObject(each) && RESULT_KINDS.includes(Object.keys(each)[0] ?? ""));
}

function addExtra(state: State, { extra, place }: EventOf<"extra">): void {
  for (const [key, value] of Object.entries(extra)) {
    const where = place === "answer" ? ANSWER_EXTRAS.get(key) : undefined;
    if (where) state.extras[where][key] = value;
    else tell(state, key);
  }
}

/** Clients count on it; only Bedrock tells how long it took. */
const NO_METRICS = { latencyMs: 0 };

function end(state: State): void {
  const { blocks, extras, finish, hasCalls, usage = NO_USAGE } = state;
  start(state);
  stopBlocks(blocks);
  blocks.events.push(
    { name: "messageStop", payload: { stopReason: writeStopReason(finish, { hasCalls }), ...extras.stop } },
    {
      name: "metadata",
      payload: definedOnly<Extra>({
        usage: writeUsage(usage),
        metrics: NO_METRICS,
        serviceTier: writeTier(usage),
        ...extras.metadata,
      }),
    },
  );
  state.isOver = true;
}
