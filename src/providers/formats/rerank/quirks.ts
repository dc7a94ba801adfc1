// The vendors' formats as data: they say nearly the same in other words. vendor.ts reads and writes them all.
import type { RerankVendorName } from "./contract.ts";

export interface RerankQuirks {
  /** How it names itself to people. */
  title: string;
  /** Goes on where the vendor's address ends. */
  path: string;
  /** The names of what is asked; null where the vendor cannot be asked for it. */
  model: "model" | null;
  documents: "documents" | "texts";
  top_n: "top_n" | "top_k" | null;
  return_documents: "return_documents" | "return_text" | null;
  max_tokens_per_doc: "max_tokens_per_doc" | null;
  /** Documents may be objects with `text`, and Cohere's first version looked at other fields too. */
  objects: "none" | "text" | "any";
  /** Where the results stand; null where they are the whole answer. */
  results: "results" | "data" | null;
  score: "relevance_score" | "score";
  document: "document" | "text";
}

const usual: RerankQuirks = {
  title: "",
  path: "/v1/rerank",
  model: "model",
  documents: "documents",
  top_n: "top_n",
  return_documents: "return_documents",
  max_tokens_per_doc: null,
  objects: "none",
  results: "results",
  score: "relevance_score",
  document: "document",
};

export const rerankQuirks: Readonly<Record<RerankVendorName, RerankQuirks>> = {
  "cohere-v2": {
    ...usual,
    title: "Cohere",
    path: "/v2/rerank",
    return_documents: null,
    max_tokens_per_doc: "max_tokens_per_doc",
  },
  "cohere-v1": { ...usual, title: "Cohere's first version", objects: "any" },
  // The addresses of these end in /v1.
  jina: { ...usual, title: "Jina", path: "/rerank", objects: "text" },
  voyage: { ...usual, title: "Voyage", path: "/rerank", top_n: "top_k", results: "data" },
  // Says the documents again whether asked to or not.
  vllm: { ...usual, title: "vLLM", path: "/rerank", return_documents: null },
  // Its address ends with the host: it serves one model, named when it was started.
  tei: {
    ...usual,
    title: "Text Embeddings Inference",
    path: "/rerank",
    model: null,
    documents: "texts",
    top_n: null,
    return_documents: "return_text",
    results: null,
    score: "score",
    document: "text",
  },
};
