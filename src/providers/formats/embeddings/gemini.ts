// Gemini's embeddings: `embedContent` for one content, `batchEmbedContents` for several. Each content has its own settings there;
// where those of one call differ, they are kept for Gemini under the content's place, and named to all others.
import type { Extra } from "../../contract.ts";
import { definedOnly, extraBeyond, isObject, missing, openFields, textOf, without, wrongType } from "../fields.ts";
import type { EmbeddingAnswer, EmbeddingInput, EmbeddingPart, EmbeddingRequest, InputType } from "./contract.ts";
import type { EmbeddingCaller, EmbeddingVendor } from "./format.ts";
import { numbersOf, readVector, readVectorsNamed } from "./vectors.ts";
import { carryRest, dropQuantised, notEmbeddable, ownPart, usageOf } from "./writing.ts";

const FORMAT = { name: "gemini", title: "Gemini" } as const;
const ANSWER_KEYS = new Set(["embedding", "embeddings", "usageMetadata"]);

const TYPES = [
  ["RETRIEVAL_QUERY", "query"],
  ["RETRIEVAL_DOCUMENT", "document"],
  ["SEMANTIC_SIMILARITY", "similarity"],
  ["CLASSIFICATION", "classification"],
  ["CLUSTERING", "clustering"],
  ["QUESTION_ANSWERING", "question_answering"],
  ["FACT_VERIFICATION", "fact_verification"],
  ["CODE_RETRIEVAL_QUERY", "code_query"],
] as const satisfies readonly (readonly [string, InputType])[];

export const geminiCaller: EmbeddingCaller = {
  readRequest(body, addressed) {
    const fields = openFields(body, "", "a JSON object");
    const list = fields.list("requests");
    const requests = list ?? [body];
    if (requests.length === 0) throw wrongType("requests", "a non-empty array", list);
    const read = requests.map((each, index) => readOne(each, list ? `requests.${index}` : ""));
    const [first] = read;
    const model = addressed ?? first?.model;
    if (!model) throw missing("model", "the name of a model");
    const settings = first?.settings ?? {};
    const batch = list && fields.rest();
    const extra: Extra = { ...first?.extra, ...(batch && { batch }) };
    for (const [index, each] of read.entries())
      if (index > 0 && !Bun.deepEquals([each.settings, each.extra], [settings, first?.extra]))
        extra[`requests.${index}`] = { ...writeSettings(each.settings), ...each.extra };
    return {
      model,
      format: "gemini",
      inputs: read.map(({ input }) => input),
      ...(!list && { is_single: true as const }),
      ...settings,
      ...(Object.keys(extra).length > 0 && { extra }),
    };
  },
  writeAnswer({ vectors, usage }, { is_single: isSingle }) {
    const embeddings = vectors.map((vector) => ({ values: numbersOf(vector) }));
    return {
      ...(isSingle ? { embedding: embeddings[0] } : { embeddings }),
      ...(usage && {
        usageMetadata: usage.raw?.["promptTokenCount"] === undefined ? { promptTokenCount: usage.input } : usage.raw,
      }),
    };
  },
};

type Settings = Pick<EmbeddingRequest, "dimensions" | "input_type">;

interface One {
  model: string | undefined;
  input: EmbeddingInput;
  settings: Settings;
  extra: Extra;
}

function readOne(value: unknown, path: string): One {
  const fields = openFields(value, path, "an object with `content`");
  const given = fields.any("content");
  if (given === undefined) throw missing(fields.at("content"), 'an object such as {"parts":[{"text":"Hello"}]}');
  const content = openFields(given, fields.at("content"), "an object with `parts`");
  const parts = content.list("parts");
  if (!parts?.length) throw missing(content.at("parts"), "a non-empty array of parts");
  content.text("role");
  const read = parts.map((part, index) => readPart(part, content.at(`parts.${index}`)));
  const [only, ...others] = read;
  const type = fields.text("taskType");
  const known = TYPES.find(([word]) => word === type)?.[1];
  return {
    model: fields.text("model")?.replace(/^models\//, ""),
    input: only?.type === "text" && others.length === 0 ? only.text : read,
    settings: definedOnly<Settings>({ dimensions: fields.integer("outputDimensionality", 1), input_type: known }),
    extra: { ...fields.rest(), ...(type !== undefined && !known && { taskType: type }) },
  };
}

function readPart(value: unknown, path: string): EmbeddingPart {
  const part = openFields(value, path, "a part such as {text: '…'}");
  const text = part.text("text");
  if (text !== undefined && part.rest() === undefined) return { type: "text", text };
  const data = part.object("inlineData");
  const [mediaType, base64] = [textOf(data?.["mimeType"]), data?.["data"]];
  if (mediaType.startsWith("image/") && typeof base64 === "string" && text === undefined && part.rest() === undefined)
    return { type: "image", url: `data:${mediaType};base64,${base64}` };
  return { type: "other", extra: value as Extra };
}

export const geminiVendor: EmbeddingVendor = {
  writeRequest(request, model) {
    const isOwn = request.format === "gemini";
    const { extra: own, dropped } = carryRest(request, FORMAT, ["user", "truncate"]);
    const { batch, ...extra } = own;
    dropQuantised(request, FORMAT, dropped);
    if (request.input_type === "image")
      dropped.push({ what: "input_type", why: "Gemini sees itself what is a picture" });
    const places = Object.keys(extra).filter((key) => key.startsWith("requests."));
    const named = { model: `models/${model}` };
    const settings = { ...writeSettings(request), ...without(extra, places) };
    const requests = request.inputs.map((input, index) => {
      const apart = extra[`requests.${index}`];
      return {
        ...named,
        content: { parts: writeParts(input, `inputs.${index}`, isOwn) },
        ...(isObject(apart) ? apart : settings),
      };
    });
    const address = `/models/${encodeURIComponent(model)}`;
    const [only] = requests;
    return request.is_single && only && requests.length === 1
      ? { path: `${address}:embedContent`, body: only, dropped }
      : { path: `${address}:batchEmbedContents`, body: { requests, ...(isObject(batch) && batch) }, dropped };
  },
  readAnswer(body): EmbeddingAnswer | undefined {
    if (!isObject(body)) return undefined;
    const one = isObject(body["embedding"]) ? readVector(body["embedding"]["values"]) : undefined;
    const vectors = one ? [one] : readVectorsNamed("values", body["embeddings"]);
    if (vectors === undefined) return undefined;
    const usage = isObject(body["usageMetadata"]) ? body["usageMetadata"] : {};
    return definedOnly<EmbeddingAnswer>({
      vectors,
      usage: usageOf(usage["promptTokenCount"], usage),
      extra: extraBeyond(body, ANSWER_KEYS),
    });
  },
};

function writeSettings({ input_type: type, dimensions }: Settings): Extra {
  return definedOnly<Extra>({
    taskType: TYPES.find(([, each]) => each === type)?.[0],
    outputDimensionality: dimensions,
  });
}

function writeParts(input: EmbeddingInput, path: string, isOwn: boolean): Extra[] {
  if (typeof input === "string") return [{ text: input }];
  return input.map((part) => {
    if (typeof part === "number") throw notEmbeddable(path, "Gemini takes no tokens");
    if (part.type === "text") return { text: part.text };
    if (part.type === "other") return ownPart(part.extra, path, isOwn);
    const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(part.url) ?? [];
    if (data === undefined) throw notEmbeddable(path, "Gemini takes pictures as data, not from an address");
    return { inlineData: { mimeType, data } };
  });
}
