// Callers' rerank requests and the answers for them, in Cohere's words: its second version, which takes texts, and its first,
// which took objects and could give them back.
import type { Extra } from "../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../fields.ts";
import type { RerankAnswer, RerankCallerName, RerankDocument, RerankRequest, RerankResult } from "./contract.ts";
import type { RerankCaller } from "./format.ts";

/** What the first version took where no model was named. */
const MODEL_DEFAULT_V1 = "rerank-v3.5";

export function createRerankCaller(format: RerankCallerName): RerankCaller {
  const isFirst = format === "cohere-v1";
  return {
    readRequest(body) {
      const fields = openFields(body, "", "a JSON object");
      const model = fields.text("model") ?? (isFirst ? MODEL_DEFAULT_V1 : "");
      if (model === "") throw missing("model", "the name of a route or a model; GET /v1/models lists them");
      const query = fields.text("query");
      if (query === undefined) throw missing("query", "a string to find the best documents for");
      return definedOnly<RerankRequest>({
        model,
        format,
        query,
        documents: readDocuments(fields),
        top_n: fields.integer("top_n", 1),
        return_documents: fields.flag("return_documents"),
        max_tokens_per_doc: fields.integer("max_tokens_per_doc", 1),
        extra: fields.rest(),
      });
    },
    writeAnswer: (answer, request) => ({
      id: answer.id ?? "",
      results: bestOf(answer.results, request).map((result) => writeResult(result, request)),
      meta: writeMeta(answer, isFirst ? "1" : "2"),
    }),
  };
}

function readDocuments(fields: Fields): RerankDocument[] {
  const documents = fields.list("documents");
  if (documents === undefined) throw missing("documents", "an array of strings");
  if (documents.length === 0) throw wrongType("documents", "a non-empty array of strings", documents);
  return documents.map((document, index) => {
    if (typeof document === "string" || isObject(document)) return document;
    throw wrongType(`documents.${index}`, "a string, or an object with `text`", document);
  });
}

function bestOf(results: readonly RerankResult[], { top_n: wanted }: RerankRequest): RerankResult[] {
  return results.toSorted((a, b) => b.relevance_score - a.relevance_score).slice(0, wanted);
}

/** The caller's own document, which the vendor need not have said again. */
function writeResult({ index, relevance_score }: RerankResult, { documents, return_documents }: RerankRequest): Extra {
  const document = documents[index];
  if (!return_documents || document === undefined) return { index, relevance_score };
  return { index, relevance_score, document: typeof document === "string" ? { text: document } : document };
}

function writeMeta({ usage, search_units: units }: RerankAnswer, version: string): Extra {
  return definedOnly<Extra>({
    api_version: { version },
    billed_units: units === undefined ? undefined : { search_units: units },
    tokens: usage && { input_tokens: usage.input, output_tokens: usage.output },
  });
}
