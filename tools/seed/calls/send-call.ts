// Sends one planned call to the real server, as a program outside would, and reads its answer to the end, or leaves.
import type { PlannedCall, SentCall } from "./request.ts";

export interface Sender {
  send(call: PlannedCall): Promise<SentCall>;
}

export interface SenderDeps {
  url: string;
  keyOf(name: PlannedCall["key"]): string;
  plan(answer: PlannedCall["answer"]): void;
}

const paths = {
  "openai-chat": "/v1/chat/completions",
  "anthropic-messages": "/v1/messages",
  embeddings: "/v1/embeddings",
};

/** Said by every caller: what a call may come to must be known where there are budgets. */
const TOKENS_MAX = 1024;

export function createSender({ url, keyOf, plan }: SenderDeps): Sender {
  return {
    async send(call) {
      plan(call.answer);
      const leaving = new AbortController();
      const response = await fetch(url + paths[call.dialect ?? "openai-chat"], {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${keyOf(call.key)}`, ...call.headers },
        body: call.rawBody ? new Uint8Array(call.rawBody) : JSON.stringify(bodyOf(call)),
        signal: leaving.signal,
      });
      const callId = response.headers.get("x-binnacle-call-id") ?? "";
      await (call.leaves ? leave(response, leaving) : response.arrayBuffer().catch(() => undefined));
      return { status: response.status, callId };
    },
  };
}

async function leave(response: Response, leaving: AbortController): Promise<void> {
  await response.body?.getReader().read();
  leaving.abort();
}

function bodyOf({ model, messages, stream, more, dialect }: PlannedCall): unknown {
  const streaming = stream === true ? { stream: true } : {};
  if (dialect === "embeddings") return { model, input: messages.map(({ content }) => content), ...more };
  if (dialect !== "anthropic-messages") return { model, messages, max_tokens: TOKENS_MAX, ...streaming, ...more };
  const system = messages.find(({ role }) => role === "system")?.content;
  const said = messages.filter(({ role }) => role !== "system");
  return {
    model,
    max_tokens: TOKENS_MAX,
    ...(system !== undefined && { system }),
    messages: said,
    ...streaming,
    ...more,
  };
}
