// What a vendor answered, as canonical events. A stream's events and a whole message say the same things, so one reader
// takes both; stream-out.ts cuts a stream into events. Nothing here throws: vendors are met as they are, and what cannot be
// an answer becomes an `error` event, after which nothing more is said.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { readStopReason } from "../stop-reasons.ts";
import { readUsage } from "../usage.ts";
import { type BlockReader, createBlockReader, type Place } from "./block-out.ts";

export interface AnswerReader {
  /** The canonical events in one event of the stream. */
  read(event: unknown): ChatEvent[];
  /** The vendor says no more: an `error` unless the message has stopped. */
  close(): ChatEvent[];
  /** Ends with an `error` event, after the usage so far. */
  fail(error: { message: string; code: string | null; raw?: Extra }): ChatEvent[];
  /** `end` or `error` has been said. */
  readonly isOver: boolean;
}

const MESSAGE_KEYS = new Set(["type", "role", "id", "model", "content", "stop_reason", "stop_sequence", "usage"]);
const DELTA_KEYS = new Set(["stop_reason", "stop_sequence"]);
const EVENT_KEYS = new Set(["type", "delta", "usage"]);

interface State extends Place {
  started: boolean;
  /** Blocks that have started and not stopped, by their number. */
  open: Map<unknown, BlockReader>;
  usage: Extra;
}

/** `heldLengthMax` bounds what is kept of a block that is told whole, in UTF-16 units. */
export function createAnswerReader(heldLengthMax: number): AnswerReader {
  const state: State = { started: false, open: new Map(), usage: {}, calls: 0, textLength: 0, heldLengthMax };
  let isOver = false;

  function finish(last: ChatEvent): ChatEvent[] {
    isOver = true;
    const usage = readUsage(state.usage);
    return usage ? [{ type: "usage", usage }, last] : [last];
  }

  function fail({ message, code, raw }: { message: string; code: string | null; raw?: Extra }): ChatEvent[] {
    return isOver ? [] : finish({ type: "error", message, code, ...(raw && { raw }) });
  }

  function dispatch(event: Extra): ChatEvent[] {
    switch (event["type"]) {
      case "error":
        return fail(errorOf(event));
      case "message_start":
        return readStart(state, isObject(event["message"]) ? event["message"] : {});
      case "content_block_start":
        return readBlockStart(state, event);
      case "content_block_delta":
        return state.open.get(event["index"])?.delta(isObject(event["delta"]) ? event["delta"] : {}) ?? [];
      case "content_block_stop":
        return readBlockStop(state, event["index"]);
      case "message_delta":
        return readEnding(state, event);
      case "message_stop":
        if (!state.started) return fail({ message: "The vendor ended its answer before it began.", code: "truncated" });
        return [...stopAll(state), ...finish({ type: "end" })];
      default:
        // `ping`, and what Anthropic may add.
        return [];
    }
  }

  return {
    get isOver() {
      return isOver;
    },
    fail,
    read(event) {
      if (isOver) return [];
      if (!isObject(event))
        return fail({ message: "The vendor sent something that is not an answer.", code: "not_an_answer" });
      const said = dispatch(event);
      const fault = said.findIndex(({ type }) => type === "error");
      const error = said[fault];
      // A block may break off the answer too.
      return error?.type === "error" && !isOver ? [...said.slice(0, fault), ...fail(error)] : said;
    },
    close: () =>
      fail({
        message: state.started ? "The answer broke off." : "The vendor ended its answer before it began.",
        code: "truncated",
      }),
  };
}

/** The events of a whole message, from `start` to `end`; an `error` alone where it is none. */
export function readMessagesAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader(Number.POSITIVE_INFINITY);
  if (isObject(body) && isObject(body["error"])) return reader.fail(errorOf(body));
  if (!isObject(body) || !Array.isArray(body["content"]))
    return reader.fail({ message: "The vendor sent JSON that is not a message.", code: "not_an_answer" });
  const { content, stop_reason, stop_sequence, ...message } = body;
  const events = reader.read({ type: "message_start", message });
  for (const [index, block] of (content as unknown[]).entries()) {
    events.push(...reader.read({ type: "content_block_start", index, content_block: block }));
    events.push(...reader.read({ type: "content_block_stop", index }));
  }
  events.push(...reader.read({ type: "message_delta", delta: { stop_reason, stop_sequence } }));
  return [...events, ...reader.read({ type: "message_stop" })];
}

function errorOf(body: Extra): { message: string; code: string | null; raw: Extra } {
  const error = isObject(body["error"]) ? body["error"] : {};
  return {
    message: textOf(error["message"]) || textOf(body["error"]) || "The vendor reported an error without a message.",
    code: textOf(error["type"]) || null,
    raw: body,
  };
}

function readStart(state: State, message: Extra): ChatEvent[] {
  if (state.started) return [];
  state.started = true;
  addUsage(state, message["usage"]);
  const extra = extraBeyond(message, MESSAGE_KEYS);
  const [id, model] = [textOf(message["id"]), textOf(message["model"])];
  return [{ type: "start", id, model, created_s: 0, ...(extra && { extra }) }];
}

function readBlockStart(state: State, { index, content_block: block }: Extra): ChatEvent[] {
  if (!isObject(block)) return [];
  // Some that speak this dialect forget to stop one block before the next.
  const before = stopAll(state);
  const reader = createBlockReader(textOf(block["type"]), state);
  state.open.set(index, reader);
  return [...(state.started ? [] : readStart(state, {})), ...before, ...reader.start(block)];
}

function readBlockStop(state: State, index: unknown): ChatEvent[] {
  const events = state.open.get(index)?.stop() ?? [];
  state.open.delete(index);
  return events;
}

function stopAll(state: State): ChatEvent[] {
  return [...state.open.keys()].flatMap((index) => readBlockStop(state, index));
}

function readEnding(state: State, event: Extra): ChatEvent[] {
  const delta = isObject(event["delta"]) ? event["delta"] : {};
  addUsage(state, event["usage"]);
  const extra = { ...extraBeyond(delta, DELTA_KEYS), ...extraBeyond(event, EVENT_KEYS) };
  const events = stopAll(state);
  const raw = textOf(delta["stop_reason"]);
  const sequence = textOf(delta["stop_sequence"]);
  if (Object.keys(extra).length > 0) events.push({ type: "extra", choice: 0, place: "answer", extra });
  if (raw !== "")
    events.push({
      type: "finish",
      choice: 0,
      reason: readStopReason(raw),
      raw_reason: raw,
      ...(sequence !== "" && { stop_sequence: sequence }),
    });
  return events;
}

/** Counts are told at the start and again, as they have become, at the end; what is not told again stays. */
function addUsage(state: State, usage: unknown): void {
  if (!isObject(usage)) return;
  for (const [key, value] of Object.entries(usage)) if (value !== null) state.usage[key] = value;
}
