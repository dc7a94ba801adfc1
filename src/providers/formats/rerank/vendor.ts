// Rerank requests for vendors and what they answer, as `quirks.ts` says that each has it.
import type { Extra, Usage } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import { definedOnly, extraBeyond, isIntegerFrom, isObject, readCount, textOf } from "../fields.ts";
import type { RerankAnswer, RerankDocument, RerankRequest, RerankResult, RerankVendorName } from "./contract.ts";
import type { RerankVendor } from "./format.ts";
import { isTextAlone, rankFieldsOf, textOfDocument } from "./documents.ts";
import { type RerankQuirks, rerankQuirks } from "./quirks.ts";

const ANSWER_KEYS = new Set(["id", "model", "object", "results", "data", "meta", "usage"]);

export function createRerankVendor(name: RerankVendorName): RerankVendor {
  const quirks = rerankQuirks[name];
  return {
    writeRequest(request, model) {
      const isOwn = request.format === name;
      const body = definedOnly<Extra>({
        ...(quirks.model && { [quirks.model]: model }),
        query: request.query,
        [quirks.documents]: request.documents.map((document) => writeDocument(document, request, quirks)),
        ...(quirks.top_n && { [quirks.top_n]: request.top_n }),
        // Who asked for documents is given its own.
        ...(quirks.return_documents && { [quirks.return_documents]: isOwn ? request.return_documents : false }),
        ...(quirks.max_tokens_per_doc && { [quirks.max_tokens_per_doc]: request.max_tokens_per_doc }),
        ...(isOwn && request.extra),
      });
      return { path: quirks.path, body, dropped: isOwn ? [] : droppedOf(request, quirks) };
    },
    readAnswer: (body, documentCount) => readAnswer(body, documentCount, quirks),
  };
}

function writeDocument(document: RerankDocument, request: RerankRequest, { objects }: RerankQuirks): RerankDocument {
  if (objects === "any" || (objects === "text" && isTextAlone(document))) return document;
  return textOfDocument(document, rankFieldsOf(request));
}

function droppedOf(request: RerankRequest, { title, objects, max_tokens_per_doc: max }: RerankQuirks): Dropped[] {
  const why = `${title} has no word for it`;
  const dropped = request.max_tokens_per_doc !== undefined && max === null ? [{ what: "max_tokens_per_doc", why }] : [];
  for (const name of Object.keys(request.extra ?? {}))
    // Where text alone is sent, it is that of these fields.
    if (name !== "rank_fields" || objects === "any") dropped.push({ what: name, why });
  return dropped;
}

function readAnswer(body: unknown, documentCount: number, quirks: RerankQuirks): RerankAnswer | undefined {
  const answer = isObject(body) ? body : {};
  const list = quirks.results === null ? body : answer[quirks.results];
  if (!Array.isArray(list)) return undefined;
  const results = list.map((each) => readResult(each, documentCount, quirks));
  if (!results.every((each) => each !== undefined)) return undefined;
  const { meta } = answer;
  const billed = isObject(meta) && isObject(meta["billed_units"]) ? meta["billed_units"] : {};
  return definedOnly<RerankAnswer>({
    id: textOf(answer["id"]) || undefined,
    model: textOf(answer["model"]) || undefined,
    results,
    usage: readTokens(answer),
    search_units: readCount(billed["search_units"]),
    extra: extraBeyond(answer, ANSWER_KEYS),
  });
}

/** Undefined for what is none, or of a document that nobody sent. */
function readResult(value: unknown, documentCount: number, quirks: RerankQuirks): RerankResult | undefined {
  if (!isObject(value)) return undefined;
  const { index } = value;
  const score = value[quirks.score];
  if (!isIntegerFrom(index, 0) || index >= documentCount || typeof score !== "number") return undefined;
  const document = value[quirks.document];
  const isGiven = typeof document === "string" || isObject(document);
  return { index, relevance_score: score, ...(isGiven && { document }) };
}

/** Cohere's tokens, or the one total that the others give. */
function readTokens({ meta, usage }: Extra): Usage | undefined {
  const tokens = isObject(meta) && isObject(meta["tokens"]) ? meta["tokens"] : undefined;
  const raw = tokens ?? (isObject(usage) ? usage : {});
  const input = readCount(raw["input_tokens"] ?? raw["total_tokens"] ?? raw["prompt_tokens"]);
  const output = readCount(tokens?.["output_tokens"]) ?? 0;
  return input === undefined ? undefined : { input, output, cache_read: 0, cache_write: 0, reasoning: 0, raw };
}
