// Cohere's embeddings (`/v2/embed`): texts, pictures, or inputs of both; vectors in as many encodings as are asked for.
import type { Extra } from "../../contract.ts";
import {
  definedOnly,
  extraBeyond,
  type Fields,
  isObject,
  missing,
  openFields,
  readCount,
  textOf,
  wrongType,
} from "../fields.ts";
import { cohereInputType, inputTypeFromCohere } from "./cohere-input-types.ts";
import type { EmbeddingAnswer, EmbeddingInput, EmbeddingPart, EmbeddingRequest, Encoding } from "./contract.ts";
import type { EmbeddingCaller, EmbeddingVendor } from "./format.ts";
import { base64FromVector, isListOfNumbers, numbersOf, readVectors } from "./vectors.ts";
import { carryRest, isQuantised, notEmbeddable, ownPart, usageOf } from "./writing.ts";

const FORMAT = { name: "cohere", title: "Cohere" } as const;
const ENCODINGS: readonly Encoding[] = ["float", "base64", "int8", "uint8", "binary", "ubinary"];
const CUTS = ["none", "start", "end"] as const;
const ANSWER_KEYS = new Set(["id", "embeddings", "texts", "images", "inputs", "response_type", "meta"]);

export const cohereCaller: EmbeddingCaller = {
  readRequest(body) {
    const fields = openFields(body, "", "a JSON object");
    const model = fields.text("model");
    if (!model) throw missing("model", "the name of a route or a model; GET /v1/models lists them");
    const type = fields.text("input_type");
    const known = type === undefined ? undefined : inputTypeFromCohere(type);
    const request = definedOnly<EmbeddingRequest>({
      model,
      format: "cohere",
      inputs: readInputs(fields),
      dimensions: fields.integer("output_dimension", 1),
      encodings: readEncodings(fields),
      input_type: known,
      truncate: readCut(fields),
    });
    const extra = { ...fields.rest(), ...(type !== undefined && !known && { input_type: type }) };
    return Object.keys(extra).length > 0 ? { ...request, extra } : request;
  },
  writeAnswer({ id, vectors, quantised, usage }, request, told) {
    const asked = request.encodings ?? ["float"];
    const embeddings: Extra = { ...quantised };
    for (const encoding of asked)
      if (isQuantised(encoding) && !quantised?.[encoding])
        told.push({ what: `embedding_types.${encoding}`, why: "the vendor gives floats alone" });
    const isNothing = asked.every((each) => isQuantised(each)) && !quantised;
    if (asked.includes("float") || isNothing) embeddings["float"] = vectors.map(numbersOf);
    if (asked.includes("base64")) embeddings["base64"] = vectors.map(base64FromVector);
    const texts = request.inputs.filter((input) => typeof input === "string");
    const raw = usage?.raw?.["billed_units"];
    const billed = isObject(raw) ? raw : usage && { input_tokens: usage.input };
    return {
      id: id ?? "",
      embeddings,
      ...(texts.length > 0 && { texts }),
      response_type: "embeddings_by_type",
      meta: { api_version: { version: "2" }, ...(billed && { billed_units: billed }) },
    };
  },
};

function readInputs(fields: Fields): EmbeddingInput[] {
  const texts = fields.list("texts") ?? [];
  const images = fields.list("images") ?? [];
  const inputs = fields.list("inputs") ?? [];
  if (texts.length + images.length + inputs.length === 0) throw missing("texts", "an array of strings to embed");
  return [
    ...texts.map((each, index) => textAt(each, `texts.${index}`)),
    ...images.map((each, index): EmbeddingPart[] => [{ type: "image", url: textAt(each, `images.${index}`) }]),
    ...inputs.map((each, index) => readInput(each, `inputs.${index}`)),
  ];
}

function textAt(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  throw wrongType(path, "a string", value);
}

function readInput(value: unknown, path: string): EmbeddingPart[] {
  const content = openFields(value, path, "an object with `content`").list("content");
  if (!content?.length) throw missing(`${path}.content`, "a non-empty array of parts");
  return content.map((each, index): EmbeddingPart => {
    const at = `${path}.content.${index}`;
    const part = openFields(each, at, "a part such as {type: 'text', text: '…'}");
    const type = part.text("type");
    if (type === "text") return { type, text: textAt(part.any("text"), part.at("text")) };
    if (type !== "image_url") return { type: "other", extra: each as Extra };
    const image = openFields(part.any("image_url"), part.at("image_url"), "an object with `url`");
    return { type: "image", url: textAt(image.any("url"), image.at("url")) };
  });
}

function readEncodings(fields: Fields): Encoding[] | undefined {
  return fields.list("embedding_types")?.map((each, index) => {
    const found = ENCODINGS.find((encoding) => encoding === each);
    if (!found) throw wrongType(`embedding_types.${index}`, `one of ${ENCODINGS.join(", ")}`, each);
    return found;
  });
}

function readCut(fields: Fields): EmbeddingRequest["truncate"] {
  const word = fields.text("truncate");
  const found = CUTS.find((each) => each === word?.toLowerCase());
  if (word !== undefined && !found) throw wrongType("truncate", "`NONE`, `START` or `END`", word);
  return found;
}

export const cohereVendor: EmbeddingVendor = {
  writeRequest(request, model) {
    const isOwn = request.format === "cohere";
    const { extra, dropped } = carryRest(request, FORMAT, ["user"]);
    const given = writeInputs(request.inputs, isOwn);
    const usual = "images" in given ? "image" : "document";
    const type = cohereInputType(request.input_type ?? usual);
    if (!type.isExact) dropped.push({ what: "input_type", why: `Cohere has no such word; \`${type.word}\` was sent` });
    const body = definedOnly<Extra>({
      model,
      ...given,
      // Cohere must be told; a caller of its own is left to hear that from it.
      input_type: isOwn && request.input_type === undefined ? undefined : type.word,
      // Base64 for others is made from floats here.
      embedding_types: isOwn ? request.encodings : ["float"],
      output_dimension: request.dimensions,
      truncate: request.truncate?.toUpperCase(),
      ...extra,
    });
    return { path: "/v2/embed", body, dropped };
  },
  readAnswer(body): EmbeddingAnswer | undefined {
    if (!isObject(body)) return undefined;
    const given = body["embeddings"];
    // Floats alone, as version 1 gave them, or lists by encoding.
    const byType: Extra = isObject(given) ? given : { float: given };
    const vectors = readVectors(byType["float"] ?? byType["base64"]);
    const quantised = readQuantised(byType);
    if (vectors === undefined && quantised === undefined) return undefined;
    return definedOnly<EmbeddingAnswer>({
      id: textOf(body["id"]) || undefined,
      vectors: vectors ?? [],
      quantised,
      usage: readMeta(body["meta"]),
      extra: extraBeyond(body, ANSWER_KEYS),
    });
  },
};

function writeInputs(inputs: EmbeddingInput[], isOwn: boolean): Extra {
  if (inputs.every((each) => typeof each === "string")) return { texts: inputs };
  const parts = inputs.map((input, index) => partsOf(input, `inputs.${index}`));
  const images = parts.map(([only, ...others]) =>
    only?.type === "image" && others.length === 0 ? only.url : undefined,
  );
  if (images.every((each) => each !== undefined)) return { images };
  return {
    inputs: parts.map((each, index) => ({ content: each.map((part) => writePart(part, `inputs.${index}`, isOwn)) })),
  };
}

function partsOf(input: EmbeddingInput, path: string): EmbeddingPart[] {
  if (typeof input === "string") return [{ type: "text", text: input }];
  return input.map((part) => {
    if (typeof part === "number") throw notEmbeddable(path, "Cohere takes no tokens");
    return part;
  });
}

function writePart(part: EmbeddingPart, path: string, isOwn: boolean): Extra {
  if (part.type === "image") return { type: "image_url", image_url: { url: part.url } };
  return part.type === "other" ? ownPart(part.extra, path, isOwn) : part;
}

function readQuantised(byType: Extra): EmbeddingAnswer["quantised"] {
  const found = ENCODINGS.filter(isQuantised).flatMap((encoding) => {
    const lists = byType[encoding];
    return Array.isArray(lists) && lists.every(isListOfNumbers) ? [[encoding, lists] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function readMeta(meta: unknown): EmbeddingAnswer["usage"] {
  if (!isObject(meta)) return undefined;
  const tokens = isObject(meta["tokens"]) ? meta["tokens"] : {};
  const units = isObject(meta["billed_units"]) ? meta["billed_units"] : {};
  const images = readCount(units["image_tokens"]) ?? 0;
  const texts = readCount(units["input_tokens"]);
  const billable = texts === undefined && images === 0 ? undefined : (texts ?? 0) + images;
  const usage = usageOf(readCount(tokens["input_tokens"]) ?? billable, meta);
  return usage && images > 0 ? { ...usage, image_input: images } : usage;
}
