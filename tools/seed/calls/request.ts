// One call as it will be sent: who, when, what, and what the vendor says to it.
import type { KeyName } from "../harbour/directory.ts";
import type { PlannedAnswer } from "../vendors/answer.ts";

export interface Message {
  role: "system" | "user" | "assistant" | "tool";
  content: unknown;
  tool_calls?: unknown;
  tool_call_id?: string;
}

export interface PlannedCall {
  key: KeyName;
  /** A route or model. */
  model: string;
  messages: Message[];
  answer: PlannedAnswer;
  stream?: boolean;
  /** The caller leaves in the middle. */
  leaves?: boolean;
  headers?: Record<string, string>;
  /** More of the body: tools, response_format, temperature. */
  more?: Record<string, unknown>;
  dialect?: "openai-chat" | "anthropic-messages" | "embeddings";
  /** Where what is sent is not what JSON would be. */
  rawBody?: Uint8Array;
}

export interface SentCall {
  status: number;
  callId: string;
}
