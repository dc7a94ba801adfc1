// The canonical model of reranking: which of some documents answer a query best. And what each format offers.
import type { Extra, Usage } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";

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

export interface RerankCaller {
  /** Throws `providers.bad_request`. */
  readRequest(body: unknown): RerankRequest;
  /** At most `top_n` results, the best first, with documents where they were asked for, whatever the vendor did. */
  writeAnswer(answer: RerankAnswer, request: RerankRequest): Extra;
}

export interface RerankVendor {
  /** `model` as the vendor names it. */
  writeRequest(request: RerankRequest, model: string): WrittenRerank;
  /** Undefined where it is no answer to so many documents. */
  readAnswer(body: unknown, documentCount: number): RerankAnswer | undefined;
}

export interface WrittenRerank {
  /** Goes on where the vendor's address ends. */
  path: string;
  body: Extra;
  dropped: Dropped[];
}
