// Formats of reranking: callers speak Cohere's, vendors one of several that are nearly it. Pure: no I/O, no clock.
import { createRerankCaller } from "./caller.ts";
import type { RerankCallerName, RerankVendorName } from "./contract.ts";
import type { RerankCaller, RerankVendor } from "./format.ts";
import { createRerankVendor } from "./vendor.ts";

export const rerankCallers: Readonly<Record<RerankCallerName, RerankCaller>> = {
  "cohere-v2": createRerankCaller("cohere-v2"),
  "cohere-v1": createRerankCaller("cohere-v1"),
};

export const rerankVendors: Readonly<Record<RerankVendorName, RerankVendor>> = {
  "cohere-v2": createRerankVendor("cohere-v2"),
  "cohere-v1": createRerankVendor("cohere-v1"),
  jina: createRerankVendor("jina"),
  voyage: createRerankVendor("voyage"),
  vllm: createRerankVendor("vllm"),
  tei: createRerankVendor("tei"),
};

export type {
  RerankAnswer,
  RerankCallerName,
  RerankDocument,
  RerankRequest,
  RerankResult,
  RerankVendorName,
} from "./contract.ts";
export type { RerankCaller, RerankVendor, WrittenRerank } from "./format.ts";
