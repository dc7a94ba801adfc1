// Formats of embedding calls: who calls in which, and which vendors answer in which. Pure: no I/O, no clock.
import { cohereCaller, cohereVendor } from "./cohere.ts";
import type { EmbeddingCaller, EmbeddingFormatName, EmbeddingVendor } from "./contract.ts";
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
  EmbeddingCaller,
  EmbeddingFormatName,
  EmbeddingInput,
  EmbeddingPart,
  EmbeddingRequest,
  EmbeddingVendor,
  Encoding,
  InputType,
  Vector,
  WrittenEmbedding,
} from "./contract.ts";
