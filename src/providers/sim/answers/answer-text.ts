// The words of an answer: prose, prose about a tool's result, or JSON when JSON was asked for. Always complete; what
// cuts it short (stop, token limits) is plan-answer.ts's business.
import type { ChatRequest, ResponseFormat } from "../../contract.ts";
import { DISCLOSURE, speak } from "./grammar.ts";
import { type PromptFacts, textOfMessage } from "./prompt-facts.ts";
import { createValueSource, valueForSchema } from "./schema-value.ts";
import type { Seeded } from "./seeded.ts";
import { tokensOfText } from "./tokens.ts";

const RESULT_CHARACTERS_MAX = 200;

/** Prose: who speaks, what was asked (or what the tool said), a few sentences, a farewell. */
export function proseFor(request: ChatRequest, facts: PromptFacts, seeded: Seeded): string {
  const sentences = [DISCLOSURE, ...resultSentences(request)];
  if (sentences.length === 1) sentences.push(speak("opening", facts.topics, seeded));
  const count = seeded.whole(2, 4);
  for (let index = 0; index < count; index += 1) sentences.push(speak("sentence", facts.topics, seeded));
  sentences.push(speak("closing", facts.topics, seeded));
  return sentences.join(" ");
}

/** Prose of exactly `count` tokens, for load of a known size. It may end within a sentence. */
export function proseOfLength(count: number, facts: PromptFacts, seeded: Seeded): string[] {
  const tokens = tokensOfText(`${DISCLOSURE} ${speak("opening", facts.topics, seeded)}`);
  while (tokens.length < count) tokens.push(...tokensOfText(` ${speak("sentence", facts.topics, seeded)}`));
  return tokens.slice(0, count);
}

/** `count` tokens of what passes for thinking. */
export function thoughtOfLength(count: number, facts: PromptFacts, seeded: Seeded): string[] {
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
export function jsonFor(format: ResponseFormat, facts: PromptFacts, seeded: Seeded): string {
  if (format.type === "json_schema")
    return JSON.stringify(valueForSchema(format.schema, createValueSource(facts, seeded)));
  return JSON.stringify({
    simulator: DISCLOSURE,
    topics: facts.topics,
    answer: speak("sentence", facts.topics, seeded),
  });
}
