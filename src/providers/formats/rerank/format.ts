// What each format of reranking offers, towards callers and towards vendors.
import type { Extra } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import type { RerankAnswer, RerankRequest } from "./contract.ts";

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
