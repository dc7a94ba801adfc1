// Ollama's own embeddings (`/api/embed`), towards vendors alone: its callers have OpenAI's format.
import type { Extra } from "../../contract.ts";
import { definedOnly, extraBeyond, isObject, textOf } from "../fields.ts";
import type { EmbeddingAnswer } from "./contract.ts";
import type { EmbeddingVendor } from "./format.ts";
import { readVectors } from "./vectors.ts";
import { carryRest, dropQuantised, textOfInput, usageOf } from "./writing.ts";

const FORMAT = { name: "ollama", title: "Ollama" } as const;
const ANSWER_KEYS = new Set(["model", "embeddings", "prompt_eval_count"]);

export const ollamaVendor: EmbeddingVendor = {
  writeRequest(request, model) {
    const { extra, dropped } = carryRest(request, FORMAT, ["user", "input_type"]);
    dropQuantised(request, FORMAT, dropped);
    const { truncate } = request;
    if (truncate === "start") dropped.push({ what: "truncate", why: "Ollama cuts at the end" });
    const body = definedOnly<Extra>({
      model,
      input: request.inputs.map((input, index) => textOfInput(input, `inputs.${index}`, FORMAT.title)),
      truncate: truncate === undefined ? undefined : truncate !== "none",
      dimensions: request.dimensions,
      ...extra,
    });
    return { path: "/api/embed", body, dropped };
  },
  readAnswer(body): EmbeddingAnswer | undefined {
    if (!isObject(body)) return undefined;
    const vectors = readVectors(body["embeddings"]);
    if (vectors === undefined) return undefined;
    const count = body["prompt_eval_count"];
    return definedOnly<EmbeddingAnswer>({
      model: textOf(body["model"]) || undefined,
      vectors,
      usage: usageOf(count, { prompt_eval_count: count }),
      extra: extraBeyond(body, ANSWER_KEYS),
    });
  },
};
