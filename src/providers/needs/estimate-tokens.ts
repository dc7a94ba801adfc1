// About how many tokens a request takes in: texts by their length and script, a picture as about what vendors say of one.
import { estimateTokenCount } from "tokenx";
import type { ChatRequest } from "../contract.ts";

const TOKENS_A_PART = 3;
const TOKENS_A_PICTURE = 1000;

export function estimateTextTokens(text: string): number {
  return estimateTokenCount(text);
}

export function estimateTokens({ messages, tools = [] }: ChatRequest): number {
  let tokens = 0;
  for (const { parts, tool_calls = [] } of messages) {
    for (const part of parts) {
      if (part.type === "image") tokens += TOKENS_A_PICTURE;
      else tokens += estimateTokenCount("text" in part ? part.text : "") + TOKENS_A_PART;
    }
    for (const call of tool_calls) tokens += estimateTokenCount(call.name + call.arguments) + TOKENS_A_PART;
  }
  return tokens + (tools.length > 0 ? estimateTokenCount(JSON.stringify(tools)) : 0);
}
