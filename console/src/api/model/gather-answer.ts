// Puts the chunks of a streamed chat completion together. Pure: a chunk and what there was give what there is. Vendors leave out what they
// like and add what they like, so that everything is looked at before it is used.
import type { AnswerTokens, Choice, ModelAnswer, ToolCall } from "./answer.ts";

/** Of one answer, its texts and arguments together: what a page can still lay out. */
export const CHARACTERS_MAX = 4_000_000;
const CHOICES_MAX = 16;
const TOOL_CALLS_MAX = 128;

/** `atMs`: since the request left. */
export function addChunk(answer: ModelAnswer, chunk: unknown, atMs: number): ModelAnswer {
  const { choices, usage } = fieldsOf(chunk);
  let next = answer;
  for (const said of listOf(choices)) next = addChoice(next, fieldsOf(said));
  const tokens = readTokens(usage) ?? next.tokens;
  const isFirst = next.firstTokenMs === null && next.choices.some(saysSomething);
  return { ...next, tokens, firstTokenMs: isFirst ? atMs : next.firstTokenMs };
}

function addChoice(answer: ModelAnswer, said: Fields): ModelAnswer {
  const index = typeof said["index"] === "number" ? said["index"] : 0;
  if (!Number.isInteger(index) || index < 0 || index >= CHOICES_MAX) return answer;
  // A stream says `delta`; an answer that came whole says `message`.
  const part = fieldsOf(said["delta"] ?? said["message"]);
  const text = textOf(part["content"]) || textOf(part["refusal"]);
  const reasoning = textOf(part["reasoning_content"]) || textOf(part["reasoning"]);
  const calls = listOf(part["tool_calls"]).map(fieldsOf);
  const isFull = sizeOf(answer) + text.length + reasoning.length > CHARACTERS_MAX;
  const before = answer.choices[index] ?? emptyChoice;
  const choice: Choice = {
    text: isFull ? before.text : before.text + text,
    reasoning: isFull ? before.reasoning : before.reasoning + reasoning,
    toolCalls: isFull ? before.toolCalls : calls.reduce(addToolCall, before.toolCalls),
    finishReason: textOf(said["finish_reason"]) || before.finishReason,
  };
  const choices = Array.from({ length: Math.max(answer.choices.length, index + 1) }, (_, at) =>
    at === index ? choice : (answer.choices[at] ?? emptyChoice),
  );
  return { ...answer, choices, isCut: answer.isCut || isFull };
}

function addToolCall(calls: ToolCall[], said: Fields): ToolCall[] {
  const index = typeof said["index"] === "number" ? said["index"] : calls.length;
  if (!Number.isInteger(index) || index < 0 || index > calls.length || index >= TOOL_CALLS_MAX) return calls;
  const called = fieldsOf(said["function"]);
  const before = calls[index] ?? { id: "", name: "", arguments: "" };
  const next: ToolCall = {
    id: before.id || textOf(said["id"]),
    name: before.name + textOf(called["name"]),
    arguments: before.arguments + textOf(called["arguments"]),
  };
  return index === calls.length ? [...calls, next] : calls.with(index, next);
}

function readTokens(usage: unknown): AnswerTokens | null {
  if (typeof usage !== "object" || usage === null) return null;
  const { prompt_tokens, completion_tokens, prompt_tokens_details, completion_tokens_details } = fieldsOf(usage);
  if (typeof prompt_tokens !== "number" || typeof completion_tokens !== "number") return null;
  return {
    input: prompt_tokens,
    output: completion_tokens,
    reasoning: numberOf(fieldsOf(completion_tokens_details)["reasoning_tokens"]),
    cacheRead: numberOf(fieldsOf(prompt_tokens_details)["cached_tokens"]),
  };
}

const emptyChoice: Choice = { text: "", reasoning: "", toolCalls: [], finishReason: null };

const saysSomething = ({ text, reasoning, toolCalls }: Choice): boolean =>
  text !== "" || reasoning !== "" || toolCalls.length > 0;

function sizeOf({ choices }: ModelAnswer): number {
  let size = 0;
  for (const { text, reasoning, toolCalls } of choices) {
    size += text.length + reasoning.length;
    for (const call of toolCalls) size += call.arguments.length;
  }
  return size;
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
