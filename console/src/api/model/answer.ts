// An answer of a model as the page knows it while it comes in: what was said so far, what it was measured at, and how it ended.
import type { Problem } from "../explain-error.ts";

export interface ToolCall {
  id: string;
  name: string;
  /** JSON, as the model wrote it: it may not be. */
  arguments: string;
}

/** One of the `n` that were asked for. */
export interface Choice {
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  finishReason: string | null;
}

export interface AnswerTokens {
  input: number;
  output: number;
  reasoning: number;
  cacheRead: number;
}

export interface ModelAnswer {
  choices: Choice[];
  callId: string | null;
  /** `vendor/model` that answered. */
  target: string | null;
  cache: string | null;
  /** As the server says in the last chunk; null until then, and where it does not say. */
  tokens: AnswerTokens | null;
  /** Measured on this page, from when the request left. */
  firstTokenMs: number | null;
  totalMs: number | null;
  /** The text reached the page's bound: what comes after is not kept here. */
  isCut: boolean;
  state: "running" | "done" | "stopped" | "failed";
  problem: Problem | null;
}

export const nothingYet: ModelAnswer = {
  choices: [],
  callId: null,
  target: null,
  cache: null,
  tokens: null,
  firstTokenMs: null,
  totalMs: null,
  isCut: false,
  state: "running",
  problem: null,
};

/** Tokens a second after the first one; null where it cannot be said. */
export function tokensPerSecond({ tokens, firstTokenMs, totalMs }: ModelAnswer): number | null {
  if (tokens === null || firstTokenMs === null || totalMs === null) return null;
  const seconds = (totalMs - firstTokenMs) / 1000;
  return tokens.output > 1 && seconds > 0.001 ? (tokens.output - 1) / seconds : null;
}
