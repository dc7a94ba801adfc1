// What a vendor's whole answer, kept as a span's output, tells beside its text: why it ended, its id, the fingerprint of the model.
import type { JsonValue } from "../../wire/wire-span.ts";
import { isObject, type JsonObject, parseJson, readText } from "../names/read-value.ts";
import type { Said } from "../names/said.ts";

export interface AnswerFacts {
  finishReason?: string;
  responseId?: string;
  fingerprint?: string;
}

/** Attributes that libraries put whole answers into. */
const wholeAnswers = ["output.value", "langfuse.observation.output"];

// Parsing a longer one costs more than these few words are worth.
const CHARACTERS_MAX = 32_768;

export function readAnswerFacts(said: Said): AnswerFacts {
  for (const name of wholeAnswers) {
    const value = said.get(name);
    if (typeof value === "string" && value.length > CHARACTERS_MAX) continue;
    const answer = typeof value === "string" ? parseJson(value) : value;
    if (isObject(answer)) return factsIn(answer);
  }
  return {};
}

function factsIn(answer: JsonObject): AnswerFacts {
  const { choices } = answer;
  const [choice] = Array.isArray(choices) ? choices : [];
  const finishReason =
    textIn(isObject(choice) ? choice["finish_reason"] : undefined) ??
    textIn(answer["finish_reason"]) ??
    textIn(answer["stop_reason"]);
  const responseId = textIn(answer["id"]);
  const fingerprint = textIn(answer["system_fingerprint"]);
  return {
    ...(finishReason !== undefined && { finishReason }),
    ...(responseId !== undefined && { responseId }),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

function textIn(value: JsonValue | undefined): string | undefined {
  return value === undefined || value === null ? undefined : readText(value);
}
