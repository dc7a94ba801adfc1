// What the record needs to know of an answer that passes through: read beside the bytes, decoding only what is used.
import type { Usage } from "../contract.ts";
import { readUsage } from "../formats/openai-chat/index.ts";

export interface AnswerFacts {
  response_id: string | null;
  /** The model as the vendor named it. */
  model: string | null;
  finish_reason: string | null;
  usage: Usage | undefined;
  /** Events of a stream that carried content; about one a token. Zero for a JSON answer. */
  contentEvents: number;
}

export function noFacts(): AnswerFacts {
  return { response_id: null, model: null, finish_reason: null, usage: undefined, contentEvents: 0 };
}

/** Takes what one JSON answer, or one event of a stream, says into `facts`. Returns false when it is no answer at all. */
export function takeFacts(facts: AnswerFacts, answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { id, model, choices, usage } = answer as Record<string, unknown>;
  if (typeof id === "string" && id !== "") facts.response_id = id;
  if (typeof model === "string" && model !== "") facts.model = model;
  const finish = Array.isArray(choices) ? (choices[0] as { finish_reason?: unknown } | undefined)?.finish_reason : null;
  if (typeof finish === "string") facts.finish_reason = finish;
  facts.usage = readUsage(answer) ?? facts.usage;
  return Array.isArray(choices) || typeof usage === "object";
}
