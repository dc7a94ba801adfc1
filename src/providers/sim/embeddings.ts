// The simulator's embeddings: each word points in a direction of its own, and a text where its words point together. Texts
// that share words are near each other, and the same text is always in the same place.
import { isObject } from "../formats/fields.ts";
import { createSeeded, seedFromText } from "./answers/seeded.ts";
import { tokensOfText } from "./answers/tokens.ts";
import { errorResponse } from "./wire/fault-answers.ts";

export const embeddingModel = "sim-embedding";

const DIMENSIONS = 256;
const DIMENSIONS_MAX = 4096;
const INPUTS_MAX = 2048;

/** An answer of OpenAI's embeddings endpoint, or the refusal that the body earns. */
export function answerEmbeddings(text: string): Response {
  const body = tryParse(text);
  const { model, input, dimensions = DIMENSIONS, encoding_format: encoding } = isObject(body) ? body : {};
  const inputs = typeof input === "string" ? [input] : input;
  if (model !== embeddingModel) return refuse(`The simulator's model for embeddings is ${embeddingModel}.`, "model");
  if (!isListOfTexts(inputs)) return refuse(`Give a text, or up to ${INPUTS_MAX} of them.`, "input");
  if (typeof dimensions !== "number" || !Number.isInteger(dimensions) || dimensions < 1 || dimensions > DIMENSIONS_MAX)
    return refuse(`A whole number up to ${DIMENSIONS_MAX} is wanted.`, "dimensions");
  const data = inputs.map((each, index) => ({
    object: "embedding",
    index,
    embedding: encoding === "base64" ? base64Of(vectorOf(each, dimensions)) : [...vectorOf(each, dimensions)],
  }));
  const tokens = inputs.reduce((sum, each) => sum + tokensOfText(each).length, 0);
  return Response.json({ object: "list", data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

function isListOfTexts(inputs: unknown): inputs is string[] {
  if (!Array.isArray(inputs) || inputs.length === 0 || inputs.length > INPUTS_MAX) return false;
  return inputs.every((each) => typeof each === "string" && each !== "");
}

function vectorOf(text: string, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text]) {
    const seeded = createSeeded(seedFromText(word));
    for (let place = 0; place < dimensions; place += 1) sum[place] = (sum[place] ?? 0) + seeded.next() - 0.5;
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}

function base64Of(vector: Float32Array): string {
  return Buffer.from(vector.buffer).toString("base64");
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(message: string, param: string): Response {
  return errorResponse(400, { message, type: "invalid_request_error", code: "invalid_value", param });
}
