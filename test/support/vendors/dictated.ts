// A vendor on loopback that says, in chat-completions, what the test lays before it: one text for each question, in order.

export interface DictatedVendor {
  /** Ends where chat-completions' paths begin. */
  url: string;
  /** The bodies that it was asked with, in order. */
  asked: Record<string, unknown>[];
  /** Texts to come, or statuses of failures; the last one is said again and again. What is `held` never comes. */
  say(...answers: (string | number)[]): void;
  close(): Promise<void>;
}

const USAGE = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 };
const HEAD = { id: "chatcmpl-1", created: 1, model: "m" };

export function serveDictated(): DictatedVendor {
  const asked: Record<string, unknown>[] = [];
  let coming: (string | number)[] = ["ok"];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      const body = (await request.json()) as Record<string, unknown>;
      asked.push(body);
      const answer = coming.length > 1 ? coming.shift() : coming[0];
      if (answer === "held") await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      if (typeof answer === "number") return Response.json({ error: { message: "no" } }, { status: answer });
      return body["stream"] === true ? streamed(answer ?? "") : Response.json(whole(answer ?? ""));
    },
  });
  return {
    url: `${server.url.href}v1`,
    asked,
    say(...answers) {
      coming = answers;
      asked.length = 0;
    },
    close: () => server.stop(true),
  };
}

function whole(content: string) {
  const choices = [{ index: 0, message: { role: "assistant", content, refusal: null }, finish_reason: "stop" }];
  return { ...HEAD, object: "chat.completion", choices, usage: USAGE };
}

/** In pieces of a few characters. */
function streamed(text: string): Response {
  const pieces = text.match(/.{1,7}/gs) ?? [];
  const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) =>
    `data: ${JSON.stringify({ ...HEAD, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }], ...more })}\n\n`;
  const events = [
    chunk({ role: "assistant", content: "" }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, "stop"),
    `data: ${JSON.stringify({ ...HEAD, object: "chat.completion.chunk", choices: [], usage: USAGE })}\n\n`,
    "data: [DONE]\n\n",
  ];
  return new Response(events.join(""), { headers: { "content-type": "text/event-stream" } });
}
