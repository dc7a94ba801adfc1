// The simulator's tokens: a word or six letters of it, with the space before. They are what it streams, counts and
// prices. Input is only estimated, at four characters a token; no tokenizer is run, because nothing here needs one.
import type { ChatRequest } from "../../contract.ts";

const CHARACTERS_PER_TOKEN = 4;
/** What a message costs beside its text: role and separators. */
const TOKENS_PER_MESSAGE = 3;

/** Cuts a text into tokens that join to the same text again. */
export function tokensOfText(text: string): string[] {
  return text.match(/\s*[^\s]{1,6}|\s+/gu) ?? [];
}

/** Characters / 4, with three tokens a message; media counts by the length of its URL or data, at most 1,000 tokens each. */
export function estimateInputTokens(request: ChatRequest): number {
  let characters = 0;
  for (const message of request.messages) {
    characters += TOKENS_PER_MESSAGE * CHARACTERS_PER_TOKEN;
    for (const part of message.parts) {
      if ("text" in part) characters += part.text.length;
      else characters += Math.min(JSON.stringify(part).length, 1000 * CHARACTERS_PER_TOKEN);
    }
    for (const call of message.tool_calls ?? []) characters += call.name.length + call.arguments.length;
  }
  if (request.tools) characters += JSON.stringify(request.tools).length;
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
