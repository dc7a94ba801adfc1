// The canonical model of reranking: which of some documents answer a query best. format.ts says what each format offers.
import type { Extra, Usage } from "../../contract.ts";

/** Cohere's second version, and its first, which returned documents. */
export type RerankCallerName = "cohere-v2" | "cohere-v1";
export type RerankVendorName = RerankCallerName | "jina" | "voyage" | "tei" | "vllm";

/** A text, or an object of which `text` (or the fields that `extra.rank_fields` names) counts. */
export type RerankDocument = string | Extra;

export interface RerankRequest {
  model: string;
  /** Whose names stand in `extra`. */
  format: RerankCallerName;
  query: string;
  documents: RerankDocument[];
  /** How many results are wanted; all where nothing is said. */
  top_n?: number;
  return_documents?: boolean;
  /** Longer ones are cut. */
  max_tokens_per_doc?: number;
  extra?: Extra;
}

export interface RerankResult {
  /** The document's place in the request. */
  index: number;
  relevance_score: number;
  document?: RerankDocument;
}

export interface RerankAnswer {
  id?: string;
  model?: string;
  /** As the vendor gave them, which is the best first. */
  results: RerankResult[];
  usage?: Usage;
  /** What Cohere bills: a query with up to 100 documents. */
  search_units?: number;
  extra?: Extra;
}
