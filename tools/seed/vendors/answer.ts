// What an invented vendor is to say next, and how it will behave meanwhile.

export interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

export type Fault = "503" | "429" | "cut" | "hang" | "late";

/** The answer to the call that is under way; the seed sends one call at a time. */
export interface PlannedAnswer {
  text: string;
  toolCalls?: ToolCall[];
  /** Of the request, as the vendor counts. */
  inputTokens: number;
  cachedTokens?: number;
  reasoningTokens?: number;
  finish?: "stop" | "length";
  fault?: Fault;
}

const CHARACTERS_PER_TOKEN = 4;

export function countTokens(text: string): number {
  return Math.max(1, Math.round(text.length / CHARACTERS_PER_TOKEN));
}
