// The simulator's tokens: a word or six letters of it, with the space before. They are what it streams, counts and
// prices. Input is only estimated, at four characters a token; no tokenizer is run, because nothing here needs one.
import type { ChatRequest } from "../../contract.ts";

const CHARACTERS_PER_TOKEN = 4;
/** What a message costs beside its text: role and separators. */
const TOKENS_PER_MESSAGE = 3;
const TOKENS_PER_MEDIUM = 500;

/** Cuts a text into tokens that join to the same text again. */
export function tokensOfText(text: string): string[] {
  return text.match(/\s*[^\s]{1,6}|\s+/gu) ?? [];
}

/** Characters / 4, with three tokens a message and 500 for each picture, sound or file. */
export function estimateInputTokens(request: ChatRequest): number {
  let tokens = 0;
  let characters = 0;
  for (const message of request.messages) {
    tokens += TOKENS_PER_MESSAGE;
    for (const part of message.parts) {
      if ("text" in part) characters += part.text.length;
      else tokens += TOKENS_PER_MEDIUM;
    }
    for (const call of message.tool_calls ?? []) characters += call.name.length + call.arguments.length;
  }
  if (request.tools) characters += JSON.stringify(request.tools).length;
  return tokens + Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
