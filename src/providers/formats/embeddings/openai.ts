// OpenAI's embeddings (`/v1/embeddings`), which most vendors speak. Vectors are lists of numbers, or base64 where asked.
import type { Extra } from "../../contract.ts";
import {
  definedOnly,
  extraBeyond,
  type Fields,
  isIntegerFrom,
  isObject,
  missing,
  openFields,
  textOf,
  wrongType,
} from "../fields.ts";
import { inputTypeFromCohere } from "./cohere-input-types.ts";
import type { EmbeddingAnswer, EmbeddingInput, EmbeddingRequest, Encoding } from "./contract.ts";
import type { EmbeddingCaller, EmbeddingVendor } from "./format.ts";
import { base64FromVector, numbersOf, readVectorsNamed } from "./vectors.ts";
import { carryRest, dropQuantised, textOfInput, usageOf } from "./writing.ts";

const FORMAT = { name: "openai", title: "OpenAI's format" } as const;
const ANSWER_KEYS = new Set(["object", "data", "model", "usage", "id"]);

export const openAiCaller: EmbeddingCaller = {
  readRequest(body) {
    const fields = openFields(body, "", "a JSON object");
    const model = fields.text("model");
    if (!model) throw missing("model", "the name of a route or a model; GET /v1/models lists them");
    const { inputs, isSingle } = readInputs(fields);
    const asked = fields.any("encoding_format");
    if (asked !== undefined && asked !== "float" && asked !== "base64")
      throw wrongType("encoding_format", "`float` or `base64`", asked);
    const known: EmbeddingRequest = definedOnly<EmbeddingRequest>({
      model,
      format: "openai",
      inputs,
      is_single: isSingle ? true : undefined,
      dimensions: fields.integer("dimensions", 1),
      encodings: asked === undefined ? undefined : [asked satisfies Encoding],
      user: fields.text("user"),
    });
    const extra = fields.rest();
    // No word of OpenAI's, but some of the vendors that speak its format ask for it by this name.
    const type = inputTypeFromCohere(textOf(extra?.["input_type"]));
    return { ...known, ...(type && { input_type: type }), ...(extra && { extra }) };
  },
  writeAnswer({ model, vectors, usage }, request) {
    const isBase64 = request.encodings?.includes("base64") ?? false;
    const tokens = usage?.input ?? 0;
    return {
      object: "list",
      data: vectors.map((vector, index) => ({
        object: "embedding",
        index,
        embedding: isBase64 ? base64FromVector(vector) : numbersOf(vector),
      })),
      model: model ?? request.model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    };
  },
};

/** A text, tokens, or a list of either. */
function readInputs(fields: Fields): { inputs: EmbeddingInput[]; isSingle: boolean } {
  const input = fields.any("input");
  if (input === undefined) throw missing("input", "a string, or an array of them");
  if (typeof input === "string") return { inputs: [input], isSingle: true };
  if (!Array.isArray(input) || input.length === 0) throw wrongType("input", "a string or a non-empty array", input);
  const list: unknown[] = input;
  if (isTokens(list)) return { inputs: [list], isSingle: true };
  const inputs = list.map((each, index): EmbeddingInput => {
    if (typeof each === "string" || (Array.isArray(each) && each.length > 0 && isTokens(each))) return each;
    throw wrongType(`input.${index}`, "a string or an array of tokens", each);
  });
  return { inputs, isSingle: false };
}

function isTokens(list: unknown[]): list is number[] {
  return list.every((each) => isIntegerFrom(each, 0));
}

export const openAiVendor: EmbeddingVendor = {
  writeRequest(request, model) {
    const isOwn = request.format === "openai";
    const { extra, dropped } = carryRest(request, FORMAT, isOwn ? ["truncate"] : ["truncate", "input_type"]);
    dropQuantised(request, FORMAT, dropped);
    const inputs = request.inputs.map((input, index) =>
      isTokenList(input) ? input : textOfInput(input, `inputs.${index}`, "OpenAI"),
    );
    const body = definedOnly<Extra>({
      model,
      input: request.is_single && inputs.length === 1 ? inputs[0] : inputs,
      dimensions: request.dimensions,
      // Whoever else wants base64 is given it from here: not all that speak this format know the word.
      encoding_format: isOwn ? request.encodings?.[0] : undefined,
      user: request.user,
      ...extra,
    });
    return { path: "/embeddings", body, dropped };
  },
  readAnswer(body): EmbeddingAnswer | undefined {
    if (!isObject(body) || !Array.isArray(body["data"])) return undefined;
    const data = inOrder(body["data"]);
    const vectors = readVectorsNamed("embedding", data);
    if (vectors === undefined) return undefined;
    const usage = isObject(body["usage"]) ? body["usage"] : {};
    return definedOnly<EmbeddingAnswer>({
      id: textOf(body["id"]) || undefined,
      model: textOf(body["model"]) || undefined,
      vectors,
      usage: usageOf(usage["prompt_tokens"] ?? usage["total_tokens"], usage),
      extra: extraBeyond(body, ANSWER_KEYS),
    });
  },
};

function isTokenList(input: EmbeddingInput): input is number[] {
  return Array.isArray(input) && input.length > 0 && typeof input[0] === "number";
}

/** By their `index`, where they say it. */
function inOrder(data: unknown[]): unknown[] {
  const place = (each: unknown, usual: number): number =>
    isObject(each) && isIntegerFrom(each["index"], 0) ? each["index"] : usual;
  return data
    .map((each, index) => ({ each, place: place(each, index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each);
}
