// What a vendor answered, as canonical events. A stream is a row of answers, each with a piece of the whole, so that one reader takes
// both; stream-out.ts cuts a stream into them. Nothing here throws: vendors are met as they are, and what cannot be an answer
// becomes an `error` event, after which nothing more is said.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { extraBeyond, isIntegerFrom, isObject, textOf } from "../../fields.ts";
import { readFinishReason } from "../finish-reasons.ts";
import { readUsage } from "../usage.ts";
import { readCandidate } from "./candidate-out.ts";
import { type CandidateState, newCandidate } from "./candidate-state.ts";

export interface AnswerReader {
  read(piece: unknown): ChatEvent[];
  /** The vendor says no more: an `error` unless all that was begun has ended. */
  close(): ChatEvent[];
  /** Ends with an `error` event, after the usage so far. */
  fail(error: Fault): ChatEvent[];
  /** `end` or `error` has been said. */
  readonly isOver: boolean;
}

export interface Fault {
  message: string;
  code: string | null;
  raw?: Extra;
}

const ANSWER_KEYS = new Set(["candidates", "usageMetadata", "modelVersion", "responseId", "createTime"]);

interface State {
  hasStarted: boolean;
  id: string;
  candidates: Map<number, CandidateState>;
  usage: Extra;
  blockReason: string;
  heldLengthMax: number;
}

/** `heldLengthMax` bounds what is kept of one candidate's text and arguments, in UTF-16 units. */
export function createAnswerReader(heldLengthMax: number): AnswerReader {
  const state: State = { hasStarted: false, id: "", candidates: new Map(), usage: {}, blockReason: "", heldLengthMax };
  let isOver = false;

  function finish(last: ChatEvent): ChatEvent[] {
    isOver = true;
    const searches = [...state.candidates.values()].reduce((sum, each) => sum + each.searches, 0);
    const usage = readUsage(state.usage, searches);
    return usage ? [{ type: "usage", usage }, last] : [last];
  }

  function fail({ message, code, raw }: Fault): ChatEvent[] {
    return isOver ? [] : finish({ type: "error", message, code, ...(raw && { raw }) });
  }

  return {
    get isOver() {
      return isOver;
    },
    fail,
    read(piece) {
      if (isOver) return [];
      if (!isAnswer(piece)) return fail(faultOf(piece));
      const said = readPiece(state, piece);
      const broken = [...state.candidates.values()].find(({ fault }) => fault !== undefined);
      return broken?.fault === undefined ? said : [...said, ...fail({ message: broken.fault, code: "too_long" })];
    },
    close() {
      if (isOver) return [];
      const fault = hindrance(state);
      return fault === undefined ? [...finishAll(state), ...finish({ type: "end" })] : fail(fault);
    },
  };
}

/** The events of a whole answer, from `start` to `end`; an `error` alone where it is none. */
export function readGeminiAnswer(body: unknown): ChatEvent[] {
  const reader = createAnswerReader(Number.POSITIVE_INFINITY);
  const events = reader.read(Array.isArray(body) && body.length === 1 ? body[0] : body);
  return [...events, ...reader.close()];
}

function isAnswer(piece: unknown): piece is Extra {
  if (!isObject(piece) || piece["error"] !== undefined) return false;
  return ["candidates", "promptFeedback", "usageMetadata", "responseId", "modelVersion"].some((key) => key in piece);
}

function faultOf(piece: unknown): Fault {
  const error = isObject(piece) ? piece["error"] : undefined;
  if (!isObject(error)) return { message: "The vendor sent something that is not an answer.", code: "not_an_answer" };
  return {
    message: textOf(error["message"]) || "The vendor reported an error without a message.",
    code: textOf(error["status"]) || (error["code"] === undefined ? null : String(error["code"])),
    raw: piece as Extra,
  };
}

function readPiece(state: State, piece: Extra): ChatEvent[] {
  const events: ChatEvent[] = [];
  const extra = extraBeyond(piece, ANSWER_KEYS);
  if (!state.hasStarted) {
    state.hasStarted = true;
    state.id = textOf(piece["responseId"]);
    const created = Date.parse(textOf(piece["createTime"]));
    const started_s = Number.isFinite(created) ? Math.floor(created / 1000) : 0;
    const model = textOf(piece["modelVersion"]);
    events.push({ type: "start", id: state.id, model, created_s: started_s, ...(extra && { extra }) });
  } else if (extra) events.push({ type: "extra", choice: 0, place: "answer", extra });
  const feedback = piece["promptFeedback"];
  if (isObject(feedback)) state.blockReason ||= textOf(feedback["blockReason"]);
  const usage = piece["usageMetadata"];
  if (isObject(usage)) state.usage = "promptTokenCount" in usage ? usage : { ...state.usage, ...usage };
  const candidates = Array.isArray(piece["candidates"]) ? piece["candidates"].filter(isObject) : [];
  for (const [place, said] of candidates.entries()) {
    const choice = isIntegerFrom(said["index"], 0) ? said["index"] : place;
    const candidate =
      state.candidates.get(choice) ?? newCandidate({ choice, id: state.id, heldLengthMax: state.heldLengthMax });
    state.candidates.set(choice, candidate);
    events.push(...readCandidate(said, candidate));
  }
  return events;
}

/** Why this cannot have been all; undefined where it can. */
function hindrance({ hasStarted, candidates, blockReason }: State): Fault | undefined {
  if (!hasStarted) return { message: "The vendor ended its answer before it began.", code: "truncated" };
  const isWhole =
    candidates.size === 0 ? blockReason !== "" : [...candidates.values()].every(({ finish }) => finish !== "");
  return isWhole || blockReason !== "" ? undefined : { message: "The answer broke off.", code: "truncated" };
}

function finishAll({ candidates, blockReason }: State): ChatEvent[] {
  const finishes = [...candidates].flatMap(([choice, { finish, calls }]): ChatEvent[] =>
    finish === "" ? [] : [{ type: "finish", choice, reason: readFinishReason(finish, calls > 0), raw_reason: finish }],
  );
  // A prompt that is blocked has no answer.
  if (finishes.length > 0 || blockReason === "") return finishes;
  return [{ type: "finish", choice: 0, reason: "content_filter", raw_reason: blockReason }];
}
