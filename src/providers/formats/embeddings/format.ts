// What each format of embedding calls offers: towards callers, towards vendors, or both.
import type { Extra } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import type { EmbeddingAnswer, EmbeddingRequest } from "./contract.ts";

export interface EmbeddingCaller {
  /** `model` is what the address says, for formats that have it there. Throws `providers.bad_request`. */
  readRequest(body: unknown, model?: string): EmbeddingRequest;
  /** `told` collects what the caller asked for and this answer does not give. */
  writeAnswer(answer: EmbeddingAnswer, request: EmbeddingRequest, told: Dropped[]): Extra;
}

export interface EmbeddingVendor {
  /** `model` as the vendor names it. Throws `providers.bad_request` for an input that the vendor cannot embed. */
  writeRequest(request: EmbeddingRequest, model: string): WrittenEmbedding;
  /** Undefined where it is no answer. */
  readAnswer(body: unknown): EmbeddingAnswer | undefined;
}

export interface WrittenEmbedding {
  /** Goes on where the vendor's address ends. */
  path: string;
  body: Extra;
  dropped: Dropped[];
}
