// Sends what a caller of another dialect says through a dialect and back, and looks what came of it.
import type { ChatEvent, ChatRequest } from "../../../src/providers/contract.ts";
import { type DialectName, dialectOf, type Dropped } from "../../../src/providers/index.ts";
import type { AnswerFeature, RequestFeature } from "./features.ts";

/** `carried`: it came back. `told`: it did not, and the caller is told. `changed`: it came back as something near it. */
export type Fate = "carried" | "told" | "changed" | "lost";

const MODELS: Partial<Record<DialectName, string>> = {
  "anthropic-messages": "claude-sonnet-4-5",
  gemini: "gemini-2.5-flash",
  "bedrock-converse": "anthropic.claude-sonnet-4-5-20250929-v1:0",
};

/** A request of a caller who speaks something else. */
export function plainRequest(through: DialectName, says: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "m",
    dialect: through === "openai-chat" ? "anthropic-messages" : "openai-chat",
    messages: [{ role: "user", parts: [{ type: "text", text: "Hello" }] }],
    stream: false,
    ...says,
  };
}

export interface Travelled {
  request: ChatRequest;
  dropped: Dropped[];
}

export function sendRequest(through: DialectName, request: ChatRequest): Travelled {
  const { vendor, caller } = dialectOf(through);
  const model = MODELS[through] ?? "m";
  const { body, dropped } = vendor.writeRequest(request, { model });
  const written = JSON.parse(JSON.stringify(body)) as object;
  // Where model and streaming stand in the address, the body has neither.
  return { request: caller.readRequest({ model, stream: request.stream, ...written }), dropped };
}

export function fateOfRequest({ says, find }: RequestFeature, through: DialectName): Fate {
  const asked = plainRequest(through, says);
  const { request, dropped } = sendRequest(through, asked);
  return fate(find(asked), find(request), dropped);
}

export function fateOfAnswer({ says, find }: AnswerFeature, through: DialectName): Fate {
  const { vendor, caller } = dialectOf(through);
  const events = wholeAnswer(says);
  const told: Dropped[] = [];
  const written = JSON.parse(JSON.stringify(caller.writeAnswer(events, told))) as unknown;
  return fate(find(events), find(vendor.readAnswer(written)), told);
}

function wholeAnswer(says: readonly ChatEvent[]): ChatEvent[] {
  const hasFinish = says.some(({ type }) => type === "finish");
  const hasUsage = says.some(({ type }) => type === "usage");
  return [
    { type: "start", id: "answer_1", model: "m", created_s: 1_760_000_000 },
    ...says,
    ...(hasFinish ? [] : [{ type: "finish", choice: 0, reason: "stop", raw_reason: "stop" } as const]),
    ...(hasUsage
      ? []
      : [{ type: "usage", usage: { input: 1, output: 1, cache_read: 0, cache_write: 0, reasoning: 0 } } as const]),
    { type: "end" },
  ];
}

function fate(wanted: unknown, found: unknown, dropped: readonly Dropped[]): Fate {
  if (Bun.deepEquals(wanted, found)) return "carried";
  if (dropped.length > 0) return "told";
  return found === undefined || found === false ? "lost" : "changed";
}
