// Formats of embedding calls: who calls in which, and which vendors answer in which. Pure: no I/O, no clock.
import { cohereCaller, cohereVendor } from "./cohere.ts";
import type { EmbeddingFormatName } from "./contract.ts";
import type { EmbeddingCaller, EmbeddingVendor } from "./format.ts";
import { geminiCaller, geminiVendor } from "./gemini.ts";
import { ollamaVendor } from "./ollama.ts";
import { openAiCaller, openAiVendor } from "./openai.ts";

export const embeddingCallers = {
  openai: openAiCaller,
  gemini: geminiCaller,
  cohere: cohereCaller,
} as const satisfies Partial<Record<EmbeddingFormatName, EmbeddingCaller>>;

export const embeddingVendors: Readonly<Record<EmbeddingFormatName, EmbeddingVendor>> = {
  openai: openAiVendor,
  gemini: geminiVendor,
  cohere: cohereVendor,
  ollama: ollamaVendor,
};

export type {
  EmbeddingAnswer,
  EmbeddingFormatName,
  EmbeddingInput,
  EmbeddingPart,
  EmbeddingRequest,
  Encoding,
  InputType,
  Vector,
} from "./contract.ts";
export type { EmbeddingCaller, EmbeddingVendor, WrittenEmbedding } from "./format.ts";
