// Canonical events as the pieces of an answer that Google's streams are made of. A stream and a whole answer for a caller are both
// made from these. What another vendor says and Gemini has no word for is told, once each.
import type { ChatEvent, Extra, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { writeUsage } from "../usage.ts";
import { addToCandidate, type Candidate, endCandidate, newCandidate } from "./candidate-in.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

export interface PieceBuilder {
  /** What this event comes to; nothing after `end` or `error`, and of `error` itself nothing. */
  add(event: ChatEvent): Extra[];
}

interface State {
  told: Dropped[];
  start: EventOf<"start"> | undefined;
  candidates: Map<number, Candidate>;
  extra: Extra;
  usage: Usage | undefined;
  isOver: boolean;
}

export function createPieceBuilder(told: Dropped[]): PieceBuilder {
  const state: State = { told, start: undefined, candidates: new Map(), extra: {}, usage: undefined, isOver: false };
  return {
    add(event) {
      return state.isOver ? [] : addEvent(state, event);
    },
  };
}

function addEvent(state: State, event: ChatEvent): Extra[] {
  switch (event.type) {
    case "start":
      state.start = event;
      keepExtra(state, event.extra ?? {});
      return [];
    case "usage":
      state.usage = event.usage;
      return [];
    case "error":
      state.isOver = true;
      return [];
    case "end":
      state.isOver = true;
      return [lastPiece(state)];
    case "extra":
      if (event.place === "answer") return (keepExtra(state, event.extra), []);
  }
  const candidate = state.candidates.get(event.choice) ?? newCandidate(state.told);
  state.candidates.set(event.choice, candidate);
  const parts = addToCandidate(candidate, event);
  if (parts.length === 0) return [];
  return [{ candidates: [{ content: { parts, role: "model" }, index: event.choice }], ...head(state) }];
}

/** What Google says of a whole answer; all else is another vendor's. */
const ANSWER_EXTRAS: ReadonlySet<string> = new Set(["promptFeedback", "modelStatus"]);

function keepExtra(state: State, extra: Extra): void {
  for (const [key, value] of Object.entries(extra)) {
    if (ANSWER_EXTRAS.has(key)) state.extra[key] = value;
    else if (!state.told.some(({ what }) => what === `answer.${key}`))
      state.told.push({ what: `answer.${key}`, why: "Gemini's answers have no word for it" });
  }
}

function head({ start }: State): Extra {
  const created = start && start.created_s > 0 ? new Date(start.created_s * 1000).toISOString() : undefined;
  return definedOnly<Extra>({
    modelVersion: start?.model || undefined,
    responseId: start?.id || undefined,
    createTime: created,
  });
}

function lastPiece(state: State): Extra {
  const feedback = state.extra["promptFeedback"];
  const isBlocked = isObject(feedback) && feedback["blockReason"] !== undefined;
  const candidates = [...state.candidates].flatMap(([index, candidate]): Extra[] => {
    const { parts, said, isEmpty } = endCandidate(candidate);
    if (isBlocked && isEmpty && parts.length === 0) return [];
    return [{ ...(parts.length > 0 && { content: { parts, role: "model" } }), ...said, index }];
  });
  return {
    ...(candidates.length > 0 && { candidates }),
    ...state.extra,
    ...(state.usage && { usageMetadata: writeUsage(state.usage) }),
    ...head(state),
  };
}
