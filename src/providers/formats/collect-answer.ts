// Adds events up to the answer they spell: the message of each choice, usage, and how it ended.
import type { ChatEvent, Extra, Part, Usage } from "../contract.ts";
import { isObject } from "./fields.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

export interface CollectedCall {
  id: string;
  name: string;
  arguments: string;
  extra?: Extra;
}

export interface CollectedChoice {
  /** What it says, in its order; tool calls apart. Texts that follow one another are one. */
  parts: Part[];
  /** All of it of one kind, joined. */
  text: string;
  refusal: string;
  reasoning: string;
  tool_calls: CollectedCall[];
  finish: EventOf<"finish"> | undefined;
  message_extra: Extra;
  choice_extra: Extra;
}

export interface CollectedAnswer {
  start: EventOf<"start"> | undefined;
  /** By their number; a number that never came is missing. */
  choices: Map<number, CollectedChoice>;
  extra: Extra;
  usage: Usage | undefined;
  error: EventOf<"error"> | undefined;
  /** The answer came to its proper end. */
  isWhole: boolean;
}

export function collectAnswer(events: Iterable<ChatEvent>): CollectedAnswer {
  const answer: CollectedAnswer = {
    start: undefined,
    choices: new Map(),
    extra: {},
    usage: undefined,
    error: undefined,
    isWhole: false,
  };
  for (const event of events) addEvent(answer, event);
  return answer;
}

function addEvent(answer: CollectedAnswer, event: ChatEvent): void {
  switch (event.type) {
    case "start":
      answer.start = event;
      mergeInto(answer.extra, event.extra ?? {});
      return;
    case "usage":
      answer.usage = event.usage;
      return;
    case "error":
      answer.error = event;
      return;
    case "end":
      answer.isWhole = true;
      return;
    default:
      addToChoice(answer, event);
  }
}

type ChoiceEvent = Exclude<ChatEvent, EventOf<"start" | "usage" | "error" | "end">>;

function addToChoice(answer: CollectedAnswer, event: ChoiceEvent): void {
  if (event.type === "extra" && event.place === "answer") return mergeInto(answer.extra, event.extra);
  const choice = answer.choices.get(event.choice) ?? emptyChoice();
  answer.choices.set(event.choice, choice);
  switch (event.type) {
    case "tool_call_start": {
      const { id, name, extra } = event;
      choice.tool_calls[event.index] = { id, name, arguments: "", ...(extra && { extra }) };
      return;
    }
    case "tool_call_arguments": {
      const call = choice.tool_calls[event.index];
      if (call) call.arguments += event.text;
      return;
    }
    case "finish":
      choice.finish = event;
      return;
    case "extra":
      return mergeInto(event.place === "message" ? choice.message_extra : choice.choice_extra, event.extra);
    case "reasoning_signature":
      return sealReasoning(choice.parts, event.signature);
    case "citation": {
      const last = choice.parts.findLast((part) => part.type === "text");
      if (last) last.citations = [...(last.citations ?? []), event.citation];
      return;
    }
    case "part":
      choice.parts.push(event.part);
      return;
    default:
      choice[event.type] += event.text;
      addText(choice.parts, event);
  }
}

/** Goes on with the last part, or begins another: after a part of another kind, a seal, or another id. */
function addText(parts: Part[], event: EventOf<"text" | "refusal" | "reasoning">): void {
  const last = parts.at(-1);
  const id = event.type === "reasoning" ? event.id : undefined;
  const goesOn =
    last?.type === event.type && !(last.type === "reasoning" && (last.signature !== undefined || last.id !== id));
  if (goesOn) last.text += event.text;
  else parts.push({ type: event.type, text: event.text, ...(id !== undefined && { id }) });
}

/** A vendor may seal reasoning of which it tells nothing. */
function sealReasoning(parts: Part[], signature: string): void {
  const last = parts.at(-1);
  if (last?.type === "reasoning") last.signature = (last.signature ?? "") + signature;
  else parts.push({ type: "reasoning", text: "", signature });
}

function emptyChoice(): CollectedChoice {
  return {
    parts: [],
    text: "",
    refusal: "",
    reasoning: "",
    tool_calls: [],
    finish: undefined,
    message_extra: {},
    choice_extra: {},
  };
}

// Streams send lists (annotations, log probabilities) piece by piece: lists are joined, objects merged, else the last counts.
function mergeInto(target: Extra, more: Extra): void {
  for (const [key, value] of Object.entries(more)) {
    const before = target[key];
    if (Array.isArray(before) && Array.isArray(value)) target[key] = [...before, ...value];
    else if (isObject(before) && isObject(value)) {
      const merged = { ...before };
      mergeInto(merged, value);
      target[key] = merged;
    } else target[key] = value;
  }
}
