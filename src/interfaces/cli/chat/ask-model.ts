// One question to a model through the gateway, and what the record says about it afterwards.
import { ORPCError } from "@orpc/client";
import { sleep } from "../../../kernel/index.ts";
import { type Connection, readRefusal } from "../connect.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface ToldAnswer extends Answer {
  callId: string | null;
  /** `vendor/model` that answered. */
  target: string | null;
}

/** Streams the answer into `onText`. Throws the server's own error when it refuses. */
export async function askModel(
  connection: Connection,
  question: { model: string; messages: ChatMessage[] },
  onText: (text: string) => void,
): Promise<ToldAnswer> {
  const response = await connection.post("/v1/chat/completions", {
    ...question,
    stream: true,
    stream_options: { include_usage: true },
  });
  if (!response.ok) throw await readRefusal(response);
  const answer = await readAnswer(response, onText);
  return {
    ...answer,
    callId: response.headers.get("x-binnacle-call-id"),
    target: response.headers.get("x-binnacle-target"),
  };
}

const LOOKS_MAX = 10;
const PAUSE_MS = 150;

/** The call's cost in micro-dollars; undefined when it has no price, or this key may not read the record. */
export async function findCost({ api }: Connection, callId: string): Promise<number | undefined> {
  // The record reaches the database a moment after the answer ends.
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    try {
      return (await api.calls.get({ id: callId })).cost.usd_micros ?? undefined;
    } catch (error) {
      if (!(error instanceof ORPCError) || error.status !== 404) return undefined;
      await sleep(PAUSE_MS);
    }
  }
  return undefined;
}
