// What a vendor answered, as canonical events. A stream's events and a whole answer say the same things, so one reader takes
// both; stream-out.ts cuts a stream into events. Nothing here throws: vendors are met as they are, and what cannot be an answer
// becomes an `error` event, after which nothing more is said.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { isFailure, readFinishReason } from "../finish-reasons.ts";
import { readUsage } from "../usage.ts";
import { createMessageReader, firstOf, partOf } from "./message-out.ts";

export interface AnswerReader {
  /** The canonical events in one event of the stream. */
  read(event: unknown): ChatEvent[];
  /** The vendor says no more: an `error` unless the message has ended. */
  close(): ChatEvent[];
  fail(error: Fault): ChatEvent[];
  /** `end` or `error` has been said. */
  readonly isOver: boolean;
}

interface Fault {
  message: string;
  code: string | null;
  raw?: Extra;
}

const ANSWER_KEYS = new Set(["id", "type", "delta", "index", "message", "finish_reason", "usage", "error", "logprobs"]);
const MESSAGE_KEYS = new Set(["role", "content", "tool_plan", "tool_calls", "citations"]);
const ENDING_KEYS = new Set(["finish_reason", "usage", "error", "message"]);
const NO_MESSAGE = "The vendor reported an error without a message.";

export function createAnswerReader(): AnswerReader {
  const message = createMessageReader();
  let hasStarted = false;
  let isOver = false;

  function fail(fault: Fault): ChatEvent[] {
    if (isOver) return [];
    isOver = true;
    return [{ type: "error", ...fault }];
  }

  function start(id: string): ChatEvent[] {
    if (hasStarted) return [];
    hasStarted = true;
    // Cohere does not say which model answered, nor when.
    return [{ type: "start", id, model: "", created_s: 0 }];
  }

  function end(event: Extra): ChatEvent[] {
    if (!hasStarted) return fail({ message: "The vendor ended its answer before it began.", code: "truncated" });
    const events = readEnding(event);
    const fault = failureIn(event);
    isOver = fault === undefined;
    return fault ? [...events, ...fail(fault)] : [...events, { type: "end" }];
  }

  function dispatch(event: Extra): ChatEvent[] {
    const type = textOf(event["type"]);
    if (type === "message-end") return end(event);
    if (type === "error" || (type === "" && typeof event["message"] === "string"))
      return fail({ message: textOf(event["message"]) || NO_MESSAGE, code: "vendor_error", raw: event });
    if (type === "message-start") return [...start(textOf(event["id"])), ...extraOfMessage(event)];
    const said = message.read(type, event);
    return said.length > 0 ? [...start(""), ...said] : said;
  }

  return {
    get isOver() {
      return isOver;
    },
    fail,
    read(event) {
      if (isOver) return [];
      if (isObject(event)) return dispatch(event);
      return fail({ message: "The vendor sent something that is not an answer.", code: "not_an_answer" });
    },
    close: () =>
      fail({
        message: hasStarted ? "The answer broke off." : "The vendor ended its answer before it began.",
        code: "truncated",
      }),
  };
}

/** The events of a whole answer, from `start` to `end`; an `error` alone where it is none. */
export function readCohereAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader();
  if (!isObject(body) || !isObject(body["message"])) {
    const said = isObject(body) ? textOf(body["message"]) : "";
    return said === ""
      ? reader.fail({ message: "The vendor sent JSON that is not a message.", code: "not_an_answer" })
      : reader.fail({ message: said, code: "vendor_error", raw: body as Extra });
  }
  return streamOf(body, body["message"]).flatMap((event) => reader.read(event));
}

/** The stream that would have said the same. What was thought comes before the plan, all else after it. */
function streamOf(body: Extra, message: Extra): Extra[] {
  const { finish_reason, usage, error, id, message: _, logprobs, ...more } = body;
  const content = listOf(message["content"]);
  const answering = content.findIndex((block) => isObject(block) && block["type"] !== "thinking");
  const starts = content.map((block, index) => said("content-start", index, { content: block }));
  const first = answering < 0 ? starts.length : answering;
  const citations = listOf(message["citations"]);
  const isOfPlan = (each: unknown): boolean => isObject(each) && each["type"] === "PLAN";
  const cite = (each: unknown, index: number): Extra => said("citation-start", index, { citations: each });
  return [
    { type: "message-start", id, delta: { message } },
    ...starts.slice(0, first),
    ...(message["tool_plan"] ? [said("tool-plan-delta", 0, { tool_plan: message["tool_plan"] })] : []),
    ...citations.filter(isOfPlan).map(cite),
    ...listOf(logprobs).map((item) => ({ type: "content-delta", index: 0, logprobs: item })),
    ...starts.slice(first),
    ...citations.filter((each) => !isOfPlan(each)).map(cite),
    ...listOf(message["tool_calls"]).map((call, index) => said("tool-call-start", index, { tool_calls: call })),
    { ...more, type: "message-end", delta: { finish_reason, usage, error } },
  ];
}

function said(type: string, index: number, message: Extra): Extra {
  return { type, index, delta: { message } };
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === "string" && value !== "" ? [{ type: "text", text: value }] : [];
}

function extraOfMessage(event: Extra): ChatEvent[] {
  const extra = extraBeyond(partOf(event), MESSAGE_KEYS);
  return extra ? [{ type: "extra", choice: 0, place: "message", extra }] : [];
}

function readEnding(event: Extra): ChatEvent[] {
  const delta = isObject(event["delta"]) ? event["delta"] : {};
  const ofMessage = extraBeyond(delta, ENDING_KEYS);
  const ofAnswer = extraBeyond(event, ANSWER_KEYS);
  const raw = textOf(delta["finish_reason"]);
  const usage = readUsage(firstOf(delta["usage"]));
  const events: ChatEvent[] = [];
  if (ofMessage) events.push({ type: "extra", choice: 0, place: "message", extra: ofMessage });
  if (ofAnswer) events.push({ type: "extra", choice: 0, place: "answer", extra: ofAnswer });
  if (raw !== "" && !isFailure(raw))
    events.push({ type: "finish", choice: 0, reason: readFinishReason(raw), raw_reason: raw });
  if (usage) events.push({ type: "usage", usage });
  return events;
}

/** Cohere ends an answer that failed like any other, and says so in the reason. */
function failureIn({ delta }: Extra): Fault | undefined {
  if (!isObject(delta)) return undefined;
  const reason = textOf(delta["finish_reason"]);
  const error = textOf(delta["error"]);
  if (!isFailure(reason) && error === "") return undefined;
  const usual = reason === "TIMEOUT" ? "The vendor took too long and stopped its answer." : NO_MESSAGE;
  return { message: error === "" ? usual : error, code: reason === "" ? "ERROR" : reason, raw: delta };
}
