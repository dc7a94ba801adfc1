// The words of an answer: prose, prose about a tool's result, or JSON when JSON was asked for. Always complete; what
// cuts it short (stop, token limits) is plan-answer.ts's business.
import type { ChatRequest, ResponseFormat } from "../../contract.ts";
import { DISCLOSURE, speak } from "./grammar.ts";
import { type PromptFacts, textOfMessage } from "./prompt-facts.ts";
import { createValueSource, valueForSchema } from "../schema/schema-value.ts";
import type { Seeded } from "./seeded.ts";
import { tokensOfText } from "./tokens.ts";

/** What an answer is made from. */
export interface Material {
  facts: PromptFacts;
  seeded: Seeded;
}

const RESULT_CHARACTERS_MAX = 200;

/** Prose: who speaks, what was asked (or what the tools said), a few sentences, a farewell. */
export function proseFor(request: ChatRequest, material: Material): string {
  const { facts, seeded } = material;
  const sentences = [opening(request, material)];
  const count = seeded.whole(2, 4);
  for (let index = 0; index < count; index += 1) sentences.push(speak("sentence", facts.topics, seeded));
  sentences.push(speak("closing", facts.topics, seeded));
  return sentences.join(" ");
}

/** As tokens, exactly `count` of them, for load of a known size. It may end within a sentence. */
export function proseOfLength(count: number, request: ChatRequest, material: Material): string[] {
  const { facts, seeded } = material;
  const tokens = tokensOfText(opening(request, material));
  while (tokens.length < count) tokens.push(...tokensOfText(` ${speak("sentence", facts.topics, seeded)}`));
  return tokens.slice(0, count);
}

function opening(request: ChatRequest, { facts, seeded }: Material): string {
  const results = resultSentences(request);
  return [DISCLOSURE, ...(results.length > 0 ? results : [speak("opening", facts.topics, seeded)])].join(" ");
}

/** `count` tokens of what passes for thinking. */
export function thoughtOfLength(count: number, { facts, seeded }: Material): string[] {
  const tokens: string[] = [];
  while (tokens.length < count)
    tokens.push(...tokensOfText(`${tokens.length > 0 ? " " : ""}${speak("thought", facts.topics, seeded)}`));
  return tokens.slice(0, count);
}

/** One sentence for each tool result since the last user message. */
function resultSentences(request: ChatRequest): string[] {
  const asked = request.messages.findLastIndex((message) => message.role === "user");
  const names = new Map(
    request.messages.flatMap((message) => (message.tool_calls ?? []).map((call) => [call.id, call.name] as const)),
  );
  return request.messages.slice(asked + 1).flatMap((message) => {
    if (message.role !== "tool") return [];
    const result = textOfMessage(message).trim().slice(0, RESULT_CHARACTERS_MAX);
    const name = message.name ?? names.get(message.tool_call_id ?? "") ?? "The tool";
    return [result === "" ? `${name} answered with nothing.` : `${name} answered: ${result}.`];
  });
}

/** JSON for `json_object` (a fixed shape) or `json_schema` (a value that validates). */
export function jsonFor(format: ResponseFormat, { facts, seeded }: Material): string {
  if (format.type === "json_schema")
    return JSON.stringify(valueForSchema(format.schema, createValueSource(facts, seeded)));
  return JSON.stringify({
    simulator: DISCLOSURE,
    topics: facts.topics,
    answer: speak("sentence", facts.topics, seeded),
  });
}
