// What a vendor answered, as canonical events. A stream's lines and a whole answer are of one shape, so one reader takes both;
// stream-out.ts cuts a stream into lines. Nothing here throws: vendors are met as they are, and what cannot be an answer becomes
// an `error` event, after which nothing more is said.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { readDoneReason } from "../finish-reasons.ts";
import { readUsage } from "../usage.ts";
import { createMessageReader } from "./message-out.ts";

export interface AnswerReader {
  /** The canonical events in one line. */
  read(line: unknown): ChatEvent[];
  /** The vendor says no more: an `error` unless the answer has ended. */
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

const KNOWN = new Set(
  "model created_at message done done_reason error logprobs prompt_eval_count eval_count".split(" "),
);
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

  function start(line: Extra): ChatEvent[] {
    if (hasStarted) return [];
    hasStarted = true;
    message.open(textOf(line["created_at"]));
    // Ollama gives its answers no id.
    return [{ type: "start", id: "", model: textOf(line["model"]), created_s: secondsOf(line["created_at"]) }];
  }

  function readLine(line: Extra): ChatEvent[] {
    if (line["error"] !== undefined && line["error"] !== null) return fail(faultIn(line["error"], line));
    const isDone = line["done"] === true;
    const { logprobs } = line;
    // Lines of kinds that nobody knows yet say nothing here.
    if (!isDone && !isObject(line["message"])) return [];
    const events = start(line);
    if (Array.isArray(logprobs) && logprobs.length > 0) events.push(extraOfAnswer({ logprobs }));
    events.push(...message.read(line["message"]));
    if (!isDone) return events;
    isOver = true;
    return [...events, ...readEnding(line, message.hasCalls), { type: "end" }];
  }

  return {
    get isOver() {
      return isOver;
    },
    fail,
    read(line) {
      if (isOver) return [];
      if (isObject(line)) return readLine(line);
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
export function readOllamaAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader();
  const events = reader.read(body);
  if (events.length > 0) return [...events, ...reader.close()];
  return reader.fail({ message: "The vendor sent JSON that is not an answer.", code: "not_an_answer" });
}

/** What is said of the whole answer stands in its last line: how long each part of it took, and what it counted. */
function readEnding(line: Extra, hasCalls: boolean): ChatEvent[] {
  const extra = extraBeyond(line, KNOWN);
  const raw = textOf(line["done_reason"]);
  const usage = readUsage(line);
  return [
    ...(extra ? [extraOfAnswer(extra)] : []),
    { type: "finish", choice: 0, reason: readDoneReason(raw, hasCalls), raw_reason: raw || "stop" },
    ...(usage ? [{ type: "usage", usage } as const] : []),
  ];
}

function extraOfAnswer(extra: Extra): ChatEvent {
  return { type: "extra", choice: 0, place: "answer", extra };
}

function faultIn(error: unknown, raw: Extra): Fault {
  const said = isObject(error) ? textOf(error["message"]) : textOf(error);
  return { message: said === "" ? NO_MESSAGE : said, code: "vendor_error", raw };
}

/** Zero where no time is given. */
function secondsOf(time: unknown): number {
  const ms = Date.parse(textOf(time));
  return Number.isFinite(ms) ? Math.floor(ms / 1000) : 0;
}
