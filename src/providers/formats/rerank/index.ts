// Formats of reranking: callers speak Cohere's, vendors one of several that are nearly it. Pure: no I/O, no clock.
import { createRerankCaller } from "./caller.ts";
import type { RerankCaller, RerankCallerName, RerankVendor, RerankVendorName } from "./contract.ts";
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
  RerankCaller,
  RerankCallerName,
  RerankDocument,
  RerankRequest,
  RerankResult,
  RerankVendor,
  RerankVendorName,
  WrittenRerank,
} from "./contract.ts";
