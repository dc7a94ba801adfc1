// A vendor for what is no chat, on loopback: it answers in the shapes that OpenAI's reference documents, and keeps what it
// was asked. There are no recordings of these operations.

export interface OperationsVendor {
  /** Ends where the operations' paths begin. */
  url: string;
  /** What it was asked, in order; of a form, its fields. */
  asked: Asked[];
  close(): Promise<void>;
}

export interface Asked {
  method: string;
  path: string;
  authorization: string | null;
  headers: Headers;
  body: unknown;
}

const AUDIO = Uint8Array.from({ length: 40_000 }, (_, place) => (place * 7) % 256);

const answers: Readonly<Record<string, (asked: Asked) => Response | Promise<Response>>> = {
  "POST /v1/embeddings": () =>
    Response.json({
      object: "list",
      data: [{ object: "embedding", index: 0, embedding: [0.5, -0.25, 0.125] }],
      model: "text-embedding-3-small",
      usage: { prompt_tokens: 8, total_tokens: 8 },
    }),
  "POST /v1/moderations": () =>
    Response.json({
      id: "modr-1",
      model: "omni-moderation-latest",
      results: [{ flagged: true, categories: { violence: true }, category_scores: { violence: 0.98 } }],
    }),
  "POST /v1/images/generations": () =>
    Response.json({
      created: 1_760_000_000,
      data: [{ b64_json: "iVBORw0KGgo=" }],
      usage: { input_tokens: 50, output_tokens: 4160, total_tokens: 4210, input_tokens_details: { text_tokens: 50 } },
    }),
  "POST /v1/images/edits": () => Response.json({ created: 1_760_000_000, data: [{ b64_json: "iVBORw0KGgo=" }] }),
  "POST /v1/audio/speech": () => new Response(AUDIO, { headers: { "content-type": "audio/mpeg" } }),
  "POST /v1/audio/transcriptions": ({ body }) =>
    (body as { response_format?: string }).response_format === "srt"
      ? new Response("1\n00:00:00,000 --> 00:00:01,000\nHello.\n", { headers: { "content-type": "text/plain" } })
      : Response.json({
          text: "Hello.",
          usage: { type: "tokens", input_tokens: 14, output_tokens: 3, total_tokens: 17 },
        }),
  "POST /v1/audio/translations": () => Response.json({ text: "Hello." }),
  "GET /v1/files": () =>
    Response.json({
      object: "list",
      data: [{ id: "file-1", object: "file", bytes: 3, purpose: "batch" }],
      has_more: false,
    }),
  "POST /v1/files": ({ body }) =>
    Response.json({ id: "file-2", object: "file", ...(body as { purpose: string }), file: undefined }),
  "GET /v1/batches/batch_1": () => Response.json({ id: "batch_1", object: "batch", status: "in_progress" }),
  "GET /v1/messages/batches/msgbatch_1": () =>
    Response.json({
      id: "msgbatch_1",
      processing_status: "ended",
      results_url: "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results",
    }),
  "GET /v1/messages/batches/msgbatch_1/results": () =>
    new Response(`{"custom_id":"a","result":{"type":"canceled"}}\n`, {
      headers: { "content-type": "application/x-jsonl" },
    }),
  "GET /v1/files/file-9": () =>
    Response.json(
      { error: { message: "No such File object: file-9", type: "invalid_request_error" } },
      { status: 404 },
    ),
  "DELETE /v1/files/file-1": () => Response.json({ id: "file-1", object: "file", deleted: true }),
};

export function serveOperations(): OperationsVendor {
  const asked: Asked[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { method, headers } = request;
      const { pathname: path } = new URL(request.url);
      const isForm = headers.get("content-type")?.startsWith("multipart/") ?? false;
      const text = isForm ? "" : await request.text();
      const body: unknown = isForm ? Object.fromEntries(await request.formData()) : text && JSON.parse(text);
      const one: Asked = { method, path, authorization: headers.get("authorization"), headers, body };
      asked.push(one);
      return answers[`${method} ${path}`]?.(one) ?? new Response("no such path", { status: 404 });
    },
  });
  return { url: `${server.url.href}v1`, asked, close: () => server.stop(true) };
}

export { AUDIO as spokenAudio };
