// What a vendor answered, as canonical events. A whole JSON answer and the chunks of a stream say the same things, so
// one reader takes both; stream-out.ts cuts a stream into chunks. Nothing here throws: vendors are met as they are,
// and what cannot be an answer becomes an `error` event, after which nothing more is said.
import type { ChatEvent, Extra, FinishReason, Usage } from "../../contract.ts";
import { extraBeyond, isObject, textOf } from "../fields.ts";
import { type CallReader, createCallReader } from "./call-out.ts";
import { readTier, readUsage } from "./usage.ts";

export interface AnswerReader {
  /** The events in one JSON answer (`message`) or one chunk of a stream (`delta`). */
  read(body: unknown, key: "message" | "delta"): ChatEvent[];
  /** What remains to be said when nothing more comes: usage, then `end`, or `error` where the answer is not whole. */
  close(): ChatEvent[];
  /** Ends with an `error` event. */
  fail(message: string, code: string, raw?: Extra): ChatEvent[];
  /** The vendor said `[DONE]`: take what came as whole. */
  markDone(): void;
  /** `end` or `error` has been said. */
  readonly isOver: boolean;
}

/** The events of a whole JSON answer, from `start` to `end`, or to `error`. */
export function readChatAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader();
  const events = reader.read(body, "message");
  reader.markDone();
  return [...events, ...reader.close()];
}

interface State {
  events: ChatEvent[];
  start: { id: string } | undefined;
  usage: Usage | undefined;
  /** Said in any chunk, be it the one with the usage or not. */
  tier: string | undefined;
  choices: Map<number, ChoiceState>;
  /** Keys of the whole answer that need no telling: known, or told already. */
  saidKeys: Set<string>;
}

interface ChoiceState {
  calls: CallReader;
  isFinished: boolean;
}

export function createAnswerReader(): AnswerReader {
  const state: State = {
    events: [],
    start: undefined,
    usage: undefined,
    tier: undefined,
    choices: new Map(),
    saidKeys: new Set(ANSWER_KEYS),
  };
  let isOver = false;
  let isDone = false;

  function take(): ChatEvent[] {
    const { events } = state;
    state.events = [];
    return events;
  }

  function finish(last: ChatEvent): ChatEvent[] {
    isOver = true;
    const { usage, tier } = state;
    if (usage)
      state.events.push({ type: "usage", usage: tier === undefined ? usage : { ...usage, service_tier: tier } });
    state.events.push(last);
    return take();
  }

  function fail(message: string, code: string, raw?: Extra): ChatEvent[] {
    return isOver ? [] : finish({ type: "error", message, code, ...(raw && { raw }) });
  }

  return {
    get isOver() {
      return isOver;
    },
    markDone() {
      isDone = true;
    },
    fail,
    read(body, key) {
      if (isOver) return [];
      if (!isObject(body)) return fail("The vendor sent something that is not an answer.", "not_an_answer");
      if (body["error"]) return failFrom(body, state, finish);
      if (key === "message" && !Array.isArray(body["choices"]))
        return fail("The vendor sent JSON that is not a chat completion.", "not_an_answer", body);
      readBody(state, body, key);
      return take();
    },
    close() {
      if (isOver) return [];
      const isWhole =
        isDone || (state.choices.size > 0 && [...state.choices.values()].every((each) => each.isFinished));
      if (state.start && isWhole) return finish({ type: "end" });
      return fail(state.start ? "The answer broke off." : "The vendor ended its answer before it began.", "truncated");
    },
  };
}

function failFrom(body: Extra, state: State, finish: (last: ChatEvent) => ChatEvent[]): ChatEvent[] {
  state.usage = readUsage(body) ?? state.usage;
  const error = body["error"];
  const said = isObject(error) ? error : { message: error };
  const code = said["code"] ?? said["type"];
  return finish({
    type: "error",
    message: typeof said["message"] === "string" ? said["message"] : "The vendor reported an error without a message.",
    code: typeof code === "string" || typeof code === "number" ? String(code) : null,
    raw: body,
  });
}

// `obfuscation` is padding against traffic analysis; `object` names the dialect.
const ANSWER_KEYS = new Set(["id", "model", "created", "choices", "usage", "object", "obfuscation"]);
const CHOICE_KEYS = new Set(["index", "finish_reason", "message", "delta"]);
const MESSAGE_KEYS = new Set(["role", "content", "refusal", "reasoning_content", "reasoning", "tool_calls"]);

function readBody(state: State, body: Extra, key: "message" | "delta"): void {
  const choices = Array.isArray(body["choices"]) ? body["choices"] : [];
  const id = textOf(body["id"]);
  state.usage = readUsage(body) ?? state.usage;
  state.tier = readTier(body) ?? state.tier;
  const extra = newExtras(state, body);
  // Azure's first chunk has neither id nor choices; the answer starts with the next.
  if (!state.start && (choices.length > 0 || id !== "")) {
    state.start = { id };
    const created = typeof body["created"] === "number" ? body["created"] : 0;
    const start = { type: "start" as const, id, model: textOf(body["model"]), created_s: created };
    state.events.push(extra ? { ...start, extra } : start);
  } else if (extra) {
    state.events.push({ type: "extra", choice: 0, place: "answer", extra });
  }
  for (const [position, choice] of choices.entries())
    if (isObject(choice)) readChoice(state, { choice, position, key });
}

/** Vendors repeat what they say of the whole answer in each chunk; it is told once. */
function newExtras(state: State, body: Extra): Extra | undefined {
  const extra = extraBeyond(body, state.saidKeys);
  if (extra) for (const key of Object.keys(extra)) state.saidKeys.add(key);
  return extra;
}

interface Found {
  choice: Extra;
  position: number;
  key: "message" | "delta";
}

function readChoice(state: State, { choice, position, key }: Found): void {
  const { index, finish_reason: finish, message, delta } = choice;
  const number = typeof index === "number" ? index : position;
  const known = state.choices.get(number) ?? {
    calls: createCallReader(number, state.start?.id ?? ""),
    isFinished: false,
  };
  state.choices.set(number, known);
  const said = key === "message" ? message : delta;
  if (isObject(said)) readSaid(state, said, { number, known });
  pushExtra(state, { number, place: "choice", extra: extraBeyond(choice, CHOICE_KEYS) });
  if (typeof finish !== "string" || finish === "" || known.isFinished) return;
  known.isFinished = true;
  state.events.push({ type: "finish", choice: number, reason: finishReason(finish), raw_reason: finish });
}

interface Speaker {
  number: number;
  known: ChoiceState;
}

function readSaid(state: State, said: Extra, { number, known }: Speaker): void {
  const { content, refusal, reasoning_content: thought, reasoning, tool_calls: calls } = said;
  // Vendors that send both names send the same text under both.
  const thinking = textOf(thought) || textOf(reasoning);
  if (thinking !== "") state.events.push({ type: "reasoning", choice: number, text: thinking });
  if (typeof content === "string") pushText(state, number, content);
  const unknownParts = Array.isArray(content) ? content.filter((part) => !readPart(state, number, part)) : [];
  if (textOf(refusal) !== "") state.events.push({ type: "refusal", choice: number, text: textOf(refusal) });
  if (Array.isArray(calls)) for (const call of calls) if (isObject(call)) state.events.push(...known.calls.read(call));
  const extra = extraBeyond(said, MESSAGE_KEYS);
  pushExtra(state, {
    number,
    place: "message",
    extra: unknownParts.length > 0 ? { ...extra, content: unknownParts } : extra,
  });
}

/** Mistral's content may be parts. Says whether this one has a canonical word. */
function readPart(state: State, number: number, part: unknown): boolean {
  if (!isObject(part)) return false;
  if (part["type"] === "text") pushText(state, number, textOf(part["text"]));
  else if (part["type"] === "thinking" && Array.isArray(part["thinking"])) {
    const text = part["thinking"].map((piece) => (isObject(piece) ? textOf(piece["text"]) : "")).join("");
    if (text !== "") state.events.push({ type: "reasoning", choice: number, text });
  } else return false;
  return true;
}

function pushText(state: State, choice: number, text: string): void {
  if (text !== "") state.events.push({ type: "text", choice, text });
}

function pushExtra(
  state: State,
  said: { number: number; place: "message" | "choice"; extra: Extra | undefined },
): void {
  const { number, place, extra } = said;
  if (extra) state.events.push({ type: "extra", choice: number, place, extra });
}

function finishReason(raw: string): FinishReason {
  return FINISH_REASONS.get(raw) ?? "other";
}

const FINISH_REASONS = new Map<string, FinishReason>([
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["model_length", "length"],
  ["tool_calls", "tool_calls"],
  ["function_call", "tool_calls"],
  ["content_filter", "content_filter"],
]);
