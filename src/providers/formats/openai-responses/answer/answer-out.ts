// What a vendor answered, as canonical events. A stream ends with the whole response, and a whole answer is that response:
// one reader takes both; stream-out.ts cuts a stream into events. Nothing here throws: vendors are met as they are, and what
// cannot be an answer becomes an `error` event, after which nothing more is said.
import type { ChatEvent, Extra, FinishReason } from "../../../contract.ts";
import { isObject, readCount, textOf } from "../../fields.ts";
import { readUsage } from "../usage.ts";
import { beginItem, type ItemReader, type Place } from "./item-out.ts";
import { readExtras } from "./response-extras.ts";

export interface AnswerReader {
  /** The canonical events in one event of the stream. */
  read(event: unknown): ChatEvent[];
  /** The vendor says no more: an `error` unless the response has come to its end. */
  close(): ChatEvent[];
  /** Ends with an `error` event. */
  fail(error: Failure): ChatEvent[];
  /** `end` or `error` has been said. */
  readonly isOver: boolean;
}

interface Failure {
  message: string;
  code: string | null;
  raw?: Extra;
}

interface State extends Place {
  /** The response as it was when it began. */
  start: Extra | undefined;
  /** Items that have begun and not ended, by their place in the output. */
  open: Map<unknown, ItemReader>;
  ended: Set<unknown>;
}

export function createAnswerReader(): AnswerReader {
  const state: State = {
    start: undefined,
    open: new Map(),
    ended: new Set(),
    calls: 0,
    textLength: 0,
    hasRefused: false,
  };
  let isOver = false;

  function fail({ message, code, raw }: Failure): ChatEvent[] {
    if (isOver) return [];
    isOver = true;
    const response = raw && isObject(raw["response"]) ? raw["response"] : {};
    const usage = readUsage(response);
    const error: ChatEvent = { type: "error", message, code, ...(raw && { raw }) };
    return usage ? [{ type: "usage", usage }, error] : [error];
  }

  function dispatch(event: Extra): ChatEvent[] {
    const response = isObject(event["response"]) ? event["response"] : {};
    switch (event["type"]) {
      case "error":
        return fail(errorOf(event));
      case "response.failed":
        return fail({ ...errorOf(response), raw: event });
      case "response.created":
      case "response.queued":
      case "response.in_progress":
        return readStart(state, response);
      case "response.output_item.added":
        return [...readStart(state, {}), ...readBeginning(state, event)];
      case "response.output_item.done":
        return [...readStart(state, {}), ...readEnd(state, event["output_index"], event["item"])];
      case "response.completed":
      case "response.incomplete":
      case "response.done":
        isOver = true;
        return [...readStart(state, response), ...readWhole(state, response)];
      default:
        // What a hosted tool is at, pads, keeps alive, or is new: an item's reader takes what it knows.
        return state.open.get(event["output_index"])?.read(event) ?? [];
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
      return dispatch(event);
    },
    close: () =>
      fail({
        message: state.start ? "The answer broke off." : "The vendor ended its answer before it began.",
        code: "truncated",
      }),
  };
}

/** The events of a whole response, from `start` to `end`; an `error` alone where it is none, or has failed. */
export function readResponsesAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader();
  if (isObject(body) && (isObject(body["error"]) || body["status"] === "failed"))
    return reader.fail({ ...errorOf(body), raw: { response: body } });
  if (!isObject(body) || !Array.isArray(body["output"]))
    return reader.fail({ message: "The vendor sent JSON that is not a response.", code: "not_an_answer" });
  return reader.read({ type: "response.completed", response: body });
}

function errorOf(body: Extra): Failure & { raw: Extra } {
  const error = isObject(body["error"]) ? body["error"] : body;
  return {
    message: textOf(error["message"]) || textOf(body["error"]) || "The vendor reported an error without a message.",
    code: textOf(error["code"]) || (body === error ? null : textOf(error["type"]) || null),
    raw: body,
  };
}

function readStart(state: State, response: Extra): ChatEvent[] {
  if (state.start) return [];
  const extra = readExtras(response);
  state.start = response;
  const [id, model] = [textOf(response["id"]), textOf(response["model"])];
  const created = readCount(response["created_at"]) ?? 0;
  return [{ type: "start", id, model, created_s: created, ...(extra && { extra }) }];
}

function readBeginning(state: State, { output_index: index, item }: Extra): ChatEvent[] {
  if (!isObject(item) || state.open.has(index) || state.ended.has(index)) return [];
  const { reader, events } = beginItem(item, state);
  state.open.set(index, reader);
  return events;
}

function readEnd(state: State, index: unknown, item: unknown): ChatEvent[] {
  if (state.ended.has(index)) return [];
  const events = readBeginning(state, { output_index: index, item });
  const reader = state.open.get(index);
  state.open.delete(index);
  state.ended.add(index);
  return [...events, ...(reader?.end(isObject(item) ? item : {}) ?? [])];
}

/** The whole response: what of it was not said before, how it ended, and what it took. */
function readWhole(state: State, response: Extra): ChatEvent[] {
  const output: unknown[] = Array.isArray(response["output"]) ? response["output"] : [];
  const events = output.flatMap((item, index) => readEnd(state, index, item));
  for (const index of state.open.keys()) events.push(...readEnd(state, index, undefined));
  const extra = readExtras(response, state.start);
  if (extra) events.push({ type: "extra", choice: 0, place: "answer", extra });
  events.push({ type: "finish", choice: 0, ...endingOf(state, response) });
  const usage = readUsage(response);
  if (usage) events.push({ type: "usage", usage });
  events.push({ type: "end" });
  return events;
}

const INCOMPLETE = new Map<string, FinishReason>([
  ["max_output_tokens", "length"],
  ["content_filter", "content_filter"],
]);

function endingOf(state: State, { status, incomplete_details: details }: Extra) {
  const why = isObject(details) ? textOf(details["reason"]) : "";
  if (status === "incomplete") return { reason: INCOMPLETE.get(why) ?? "other", raw_reason: why || status };
  // What is answered in the background is only begun.
  if (typeof status === "string" && status !== "completed") return { reason: "other" as const, raw_reason: status };
  return { reason: state.calls > 0 ? ("tool_calls" as const) : ("stop" as const), raw_reason: "completed" };
}
