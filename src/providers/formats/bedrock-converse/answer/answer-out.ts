// What a vendor answered, as canonical events. A stream's events and a whole answer say the same things, so one reader takes both;
// stream-out.ts cuts a stream into events. Nothing here throws: vendors are met as they are, and what cannot be an answer becomes
// an `error` event, after which nothing more is said.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { readStopReason } from "../stop-reasons.ts";
import { readUsage } from "../usage.ts";
import { type BlockReader, createBlockReader, type Place } from "./block-out.ts";

export interface AnswerReader {
  /** The canonical events in one event of the stream. */
  read(name: string, payload: Extra): ChatEvent[];
  /** The vendor says no more: an `error` unless the message has stopped. */
  close(): ChatEvent[];
  /** Ends with an `error` event. */
  fail(error: { message: string; code: string | null; raw?: Extra }): ChatEvent[];
  /** `end` or `error` has been said. */
  readonly isOver: boolean;
}

interface State extends Place {
  hasStarted: boolean;
  hasStopped: boolean;
  /** Blocks that have begun and not stopped, by their number. */
  open: Map<unknown, BlockReader>;
}

/** `p` is padding, so that the length of a frame tells nobody what is in it. */
const STOP_KEYS = new Set(["stopReason", "p"]);
const METADATA_KEYS = new Set(["usage", "serviceTier", "p"]);
const ANSWER_KEYS = new Set(["output", "stopReason", "usage", "serviceTier"]);

/** `heldLengthMax` bounds what is kept of a block that is told whole, in UTF-16 units. */
export function createAnswerReader(heldLengthMax: number): AnswerReader {
  const state: State = {
    hasStarted: false,
    hasStopped: false,
    open: new Map(),
    calls: 0,
    textLength: 0,
    heldLengthMax,
  };
  let isOver = false;

  function fail({ message, code, raw }: { message: string; code: string | null; raw?: Extra }): ChatEvent[] {
    if (isOver) return [];
    isOver = true;
    return [{ type: "error", message, code, ...(raw && { raw }) }];
  }

  function dispatch(name: string, payload: Extra): ChatEvent[] {
    switch (name) {
      case "messageStart":
        return start(state);
      case "contentBlockStart":
        return readBlockStart(state, payload);
      case "contentBlockDelta":
        return readBlockDelta(state, payload);
      case "contentBlockStop":
        return readBlockStop(state, payload["contentBlockIndex"]);
      case "messageStop":
        return readStop(state, payload);
      case "metadata": {
        const said = readMetadata(payload, METADATA_KEYS);
        // It is the last to come.
        isOver = state.hasStopped;
        return isOver ? [...said, { type: "end" }] : said;
      }
      default:
        // What Bedrock may add.
        return [];
    }
  }

  return {
    get isOver() {
      return isOver;
    },
    fail,
    read(name, payload) {
      if (isOver) return [];
      const said = dispatch(name, payload);
      const fault = said.findIndex(({ type }) => type === "error");
      const error = said[fault];
      // A block may break off the answer too.
      return error?.type === "error" ? [...said.slice(0, fault), ...fail(error)] : said;
    },
    close() {
      if (isOver) return [];
      // An answer that has stopped is whole, even if nothing is told of what it took.
      if (state.hasStopped) {
        isOver = true;
        return [{ type: "end" }];
      }
      const message = state.hasStarted ? "The answer broke off." : "The vendor ended its answer before it began.";
      return fail({ message, code: "truncated" });
    },
  };
}

function start(state: State): ChatEvent[] {
  if (state.hasStarted) return [];
  state.hasStarted = true;
  // Bedrock gives its answers no id, and does not say again which model it is.
  return [{ type: "start", id: "", model: "", created_s: 0 }];
}

function readBlockStart(state: State, { contentBlockIndex: index, start: said }: Extra): ChatEvent[] {
  const before = start(state);
  const reader = createBlockReader(state);
  state.open.set(index, reader);
  return [...before, ...reader.start(isObject(said) ? said : {})];
}

function readBlockDelta(state: State, { contentBlockIndex: index, delta }: Extra): ChatEvent[] {
  const before = start(state);
  const reader = state.open.get(index) ?? createBlockReader(state);
  state.open.set(index, reader);
  return [...before, ...reader.delta(isObject(delta) ? delta : {})];
}

function readBlockStop(state: State, index: unknown): ChatEvent[] {
  const events = state.open.get(index)?.stop() ?? [];
  state.open.delete(index);
  return events;
}

function readStop(state: State, payload: Extra): ChatEvent[] {
  const events = [...start(state), ...[...state.open.keys()].flatMap((index) => readBlockStop(state, index))];
  state.hasStopped = true;
  const extra = extraBeyond(payload, STOP_KEYS);
  const raw = textOf(payload["stopReason"]);
  if (extra) events.push({ type: "extra", choice: 0, place: "answer", extra });
  if (raw !== "") events.push({ type: "finish", choice: 0, reason: readStopReason(raw), raw_reason: raw });
  return events;
}

function readMetadata(payload: Extra, known: ReadonlySet<string>): ChatEvent[] {
  const events: ChatEvent[] = [];
  const extra = extraBeyond(payload, known);
  const usage = readUsage(payload["usage"], payload["serviceTier"]);
  if (extra) events.push({ type: "extra", choice: 0, place: "answer", extra });
  if (usage) events.push({ type: "usage", usage });
  return events;
}

/** The events of a whole answer, from `start` to `end`; an `error` alone where it is none. */
export function readConverseAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader(Number.POSITIVE_INFINITY);
  const output = isObject(body) ? body["output"] : undefined;
  const message = isObject(output) ? output["message"] : undefined;
  const content = isObject(message) ? message["content"] : undefined;
  if (!isObject(body) || !Array.isArray(content)) {
    const said = isObject(body) ? textOf(body["message"]) : "";
    if (said !== "") return reader.fail({ message: said, code: "vendor_error" });
    return reader.fail({ message: "The vendor sent JSON that is not an answer.", code: "not_an_answer" });
  }
  const events = reader.read("messageStart", {});
  for (const [contentBlockIndex, block] of (content as unknown[]).entries()) {
    const { start: begun, deltas } = piecesOf(isObject(block) ? block : {});
    if (begun) events.push(...reader.read("contentBlockStart", { contentBlockIndex, start: begun }));
    for (const delta of deltas) events.push(...reader.read("contentBlockDelta", { contentBlockIndex, delta }));
    events.push(...reader.read("contentBlockStop", { contentBlockIndex }));
  }
  events.push(...reader.read("messageStop", { stopReason: body["stopReason"] }));
  const metadata = Object.fromEntries(Object.entries(body).filter(([key]) => !ANSWER_KEYS.has(key)));
  const { usage, serviceTier } = body;
  return [...events, ...reader.read("metadata", { ...metadata, usage, serviceTier })];
}

/** A whole block as a stream would have told it. */
function piecesOf(block: Extra): { start?: Extra; deltas: Extra[] } {
  const { toolUse, toolResult, reasoningContent: reasoning, citationsContent: cited } = block;
  if (isObject(toolUse)) {
    const { input, ...start } = toolUse;
    return { start: { toolUse: start }, deltas: [{ toolUse: { input: JSON.stringify(input ?? {}) } }] };
  }
  if (isObject(toolResult)) {
    const { content, ...start } = toolResult;
    return { start: { toolResult: start }, deltas: [{ toolResult: content }] };
  }
  if (isObject(reasoning)) {
    const told = isObject(reasoning["reasoningText"]) ? reasoning["reasoningText"] : {};
    return { deltas: [{ reasoningContent: { ...told, redactedContent: reasoning["redactedContent"] } }] };
  }
  if (isObject(cited)) {
    const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
    const texts = list(cited["content"]).map((piece) => ({ text: isObject(piece) ? piece["text"] : "" }));
    return { deltas: [...texts, ...list(cited["citations"]).map((citation) => ({ citation }))] };
  }
  return { deltas: [block] };
}
