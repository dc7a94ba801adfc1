// Decides a whole answer before its first byte leaves: what is thought, said or called, token by token, and why it ends.
// The same request, model and seed give the same plan. When and how it leaves is the wire's business.
import type { ChatRequest, FinishReason, Usage } from "../../contract.ts";
import { jsonFor, type Material, proseFor, proseOfLength, thoughtOfLength } from "./answer-text.ts";
import { planToolCalls } from "./plan-tool-calls.ts";
import { readPromptFacts, textOfMessage } from "./prompt-facts.ts";
import { createSeeded, seedFromText } from "./seeded.ts";
import { estimateInputTokens, tokensOfText } from "./tokens.ts";

export interface PlannedAnswer {
  choices: PlannedChoice[];
  usage: Usage;
}

export interface PlannedChoice {
  reasoning: string[];
  text: string[];
  calls: { id: string; name: string; arguments: string[] }[];
  finish: FinishReason;
}

export interface AnswerShape {
  /** The model's plain name. */
  model: string;
  /** Exact length of prose, in tokens; undefined for as long as it takes. */
  tokens: number | undefined;
  reasoningTokens: number;
  /** Beside the caller's own `seed`. */
  seed: number;
}

export function planAnswer(request: ChatRequest, shape: AnswerShape): PlannedAnswer {
  const facts = readPromptFacts(request);
  const seed = seedOf(request, shape);
  const choices: PlannedChoice[] = [];
  for (let index = 0; index < (request.choices ?? 1); index += 1)
    choices.push(planChoice(request, shape, { facts, seeded: createSeeded(seedFromText(String(index), seed)) }));
  return { choices, usage: usageOf(request, choices) };
}

function seedOf(request: ChatRequest, shape: AnswerShape): number {
  let seed = seedFromText(`${shape.model} ${shape.seed} ${request.seed ?? 0}`);
  for (const message of request.messages) seed = seedFromText(`${message.role}: ${textOfMessage(message)}`, seed);
  return seed;
}

function planChoice(request: ChatRequest, shape: AnswerShape, material: Material): PlannedChoice {
  const reasoning = thoughtOfLength(shape.reasoningTokens, material);
  const calls = planToolCalls(request, material.facts, material.seeded);
  if (calls.length > 0) {
    const cut = calls.map((call) => ({ ...call, arguments: tokensOfText(call.arguments) }));
    return keepWithin({ reasoning, text: [], calls: cut, finish: "tool_calls" }, request.max_output_tokens);
  }
  const text = stopText(planText(request, shape, material), request.stop);
  return keepWithin({ reasoning, text, calls: [], finish: "stop" }, request.max_output_tokens);
}

function planText(request: ChatRequest, shape: AnswerShape, material: Material): string[] {
  const format = request.response_format;
  if (format && format.type !== "text") return tokensOfText(jsonFor(format, material));
  if (shape.tokens !== undefined) return proseOfLength(shape.tokens, request, material);
  return tokensOfText(proseFor(request, material));
}

/** Ends before the first stop sequence, which is not part of the answer. */
function stopText(tokens: string[], stop: string[] | undefined): string[] {
  if (!stop || stop.length === 0) return tokens;
  const text = tokens.join("");
  const ends = stop.map((each) => (each === "" ? -1 : text.indexOf(each))).filter((at) => at >= 0);
  return ends.length === 0 ? tokens : tokensOfText(text.slice(0, Math.min(...ends)));
}

/** Cuts everything after `max` tokens: thinking counts first, then text or arguments, as real models count. */
function keepWithin(choice: PlannedChoice, max: number | undefined): PlannedChoice {
  if (max === undefined || countTokens(choice) <= max) return choice;
  const reasoning = choice.reasoning.slice(0, max);
  let left = max - reasoning.length;
  const take = (tokens: string[]): string[] => {
    const taken = tokens.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const text = take(choice.text);
  const calls = choice.calls.flatMap((call) => (left > 0 ? [{ ...call, arguments: take(call.arguments) }] : []));
  return { reasoning, text, calls, finish: "length" };
}

function countTokens(choice: PlannedChoice): number {
  return choice.calls.reduce((sum, call) => sum + call.arguments.length, choice.reasoning.length + choice.text.length);
}

function usageOf(request: ChatRequest, choices: PlannedChoice[]): Usage {
  const reasoning = choices.reduce((sum, choice) => sum + choice.reasoning.length, 0);
  const output = choices.reduce((sum, choice) => sum + countTokens(choice), 0);
  return { input: estimateInputTokens(request), output, cache_read: 0, cache_write: 0, reasoning };
}
