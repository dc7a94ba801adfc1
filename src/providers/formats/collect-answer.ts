// Adds events up to the answer they spell: the message of each choice, usage, and how it ended.
import type { ChatEvent, Extra, Usage } from "../contract.ts";
import { isObject } from "./fields.ts";

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

export interface CollectedCall {
  id: string;
  name: string;
  arguments: string;
  extra?: Extra;
}

export interface CollectedChoice {
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
    default:
      choice[event.type] += event.text;
  }
}

function emptyChoice(): CollectedChoice {
  return {
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
