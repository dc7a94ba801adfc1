// A vendor that has an answer to everything but the one address that the published tests know to be unknown, and that notes
// how it was asked.
import { describeRequest } from "./sent-request.ts";

export interface AnsweringVendor {
  url: string;
  /** What it was asked, in the words of `describeRequest`. */
  heard: string[];
  close(): Promise<void>;
}

const UNKNOWN = "/_stainless_unknown_path";

const usage = { input_tokens: 8, output_tokens: 3, total_tokens: 11 };
const chatUsage = { prompt_tokens: 8, completion_tokens: 3, total_tokens: 11 };
const said = { role: "assistant", content: "Ahoy.", refusal: null };
const spoken = { type: "output_text", text: "Ahoy.", annotations: [] };

const ANSWERS: Readonly<Record<string, object>> = {
  "/v1/chat/completions": {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_760_000_000,
    model: "some",
    choices: [{ index: 0, message: said, finish_reason: "stop", logprobs: null }],
    usage: chatUsage,
  },
  "/v1/responses": {
    id: "resp_1",
    object: "response",
    created_at: 1_760_000_000,
    model: "some",
    status: "completed",
    output: [{ id: "msg_1", type: "message", role: "assistant", status: "completed", content: [spoken] }],
    usage,
  },
  "/v1/responses/input_tokens": { object: "response.input_tokens", input_tokens: 8 },
  "/v1/messages": {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "some",
    stop_reason: "end_turn",
    stop_sequence: null,
    content: [{ type: "text", text: "Ahoy." }],
    usage,
  },
  "/v1/messages/count_tokens": { input_tokens: 8 },
  "/v1/embeddings": {
    object: "list",
    model: "some",
    usage: chatUsage,
    data: [{ object: "embedding", index: 0, embedding: [0.5, -0.25] }],
  },
};
const OTHERWISE = {
  id: "thing_1",
  object: "thing",
  text: "Ahoy.",
  created: 1_760_000_000,
  data: [],
  results: [],
  usage,
};

export function serveAnything(): AnsweringVendor {
  const heard: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const { method, headers } = request;
      heard.push(
        await describeRequest({ method, path: pathname + search, headers, bytes: await request.arrayBuffer() }),
      );
      if (pathname.endsWith(UNKNOWN))
        return Response.json({ error: { message: "There is no such address.", type: "not_found" } }, { status: 404 });
      return Response.json(ANSWERS[pathname] ?? OTHERWISE);
    },
  });
  return { url: server.url.href.replace(/\/$/, ""), heard, close: () => server.stop(true) };
}
