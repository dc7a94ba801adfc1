// All dialects, by name. Who wants one asks here; nobody else knows the folders.
import type { DialectName } from "../contract.ts";
import { anthropicMessages } from "./anthropic-messages/index.ts";
import { bedrockConverse } from "./bedrock-converse/index.ts";
import type { Dialect } from "./dialect.ts";
import { cohereChat } from "./cohere-chat/index.ts";
import { gemini } from "./gemini/index.ts";
import { ollamaChat } from "./ollama-chat/index.ts";
import { openAiChat } from "./openai-chat/index.ts";
import { openAiResponses } from "./openai-responses/index.ts";

const dialects: Partial<Record<DialectName, Dialect>> = {
  "anthropic-messages": anthropicMessages,
  "bedrock-converse": bedrockConverse,
  "cohere-chat": cohereChat,
  gemini,
  "ollama-chat": ollamaChat,
  "openai-chat": openAiChat,
  "openai-responses": openAiResponses,
};

export const dialectNames = Object.keys(dialects) as readonly DialectName[];

export function dialectOf(name: DialectName): Dialect {
  const found = dialects[name];
  if (!found) throw new Error(`the dialect ${name} is not built yet`);
  return found;
}
