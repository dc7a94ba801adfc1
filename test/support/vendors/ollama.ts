// A stand-in for an Ollama server: it answers with the bytes that Ollama's documentation shows, at its own address and at the
// compatible one, and remembers what it was asked.
export interface OllamaVendor {
  /** Without the `/v1` under which it speaks as OpenAI does. */
  origin: string;
  /** Where it was asked last, and what. */
  last(): { path: string; body: Asked };
  close(): Promise<void>;
}

export interface Asked {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string; [key: string]: unknown }[];
  tools?: { function: { name: string } }[];
  [key: string]: unknown;
}

const HEAD = { model: "qwen3", created_at: "2025-07-07T20:32:53.844124Z" };
const END = {
  done: true,
  done_reason: "stop",
  total_duration: 3_244_883_583,
  load_duration: 2_969_184_542,
  prompt_eval_count: 169,
  prompt_eval_duration: 141_656_333,
  eval_count: 18,
  eval_duration: 133_293_625,
};
const CALL = { function: { name: "get_weather", arguments: { city: "Paris" } } };
const THINKING = ["The user asks", " for the weather."];

/** A model called `broken` fails in the midst of its answer, `cut` just stops. */
export function startOllamaVendor(): OllamaVendor {
  let last: { path: string; body: Asked } | undefined;
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const body = (await request.json()) as Asked;
      last = { path: new URL(request.url).pathname, body };
      if (last.path === "/v1/chat/completions") return compatible(body);
      if (last.path !== "/api/chat") return new Response("404 page not found", { status: 404 });
      const problem = problemIn(body);
      if (problem) return Response.json({ error: problem.error }, { status: problem.status });
      return body.stream === false ? Response.json(wholeAnswer(body)) : streamed(linesOf(body));
    },
  });
  return {
    origin: server.url.origin,
    last() {
      if (!last) throw new Error("nothing was asked");
      return last;
    },
    close: () => server.stop(true),
  };
}

/** What Ollama itself refuses: it reads its requests by type. */
function problemIn({ model, messages, think }: Asked): { status: number; error: string } | undefined {
  if (model === "missing") return { status: 404, error: `model '${model}' not found` };
  if (model === "plain" && think) return { status: 400, error: `"${model}" does not support thinking` };
  const odd = messages.find(({ content }) => typeof content !== "string");
  return (
    odd && { status: 400, error: "json: cannot unmarshal array into Go struct field ChatRequest.messages.content" }
  );
}

function piecesFor({ tools, think }: Asked): { thinking: string[]; content: string[]; calls: object[] } {
  return {
    thinking: think ? THINKING : [],
    content: tools ? ["I will", " look."] : ["It is", " 24 °C."],
    calls: tools ? [CALL] : [],
  };
}

function wholeAnswer(asked: Asked): object {
  const { thinking, content, calls } = piecesFor(asked);
  const message = {
    role: "assistant",
    content: content.join(""),
    ...(thinking.length > 0 && { thinking: thinking.join("") }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return { ...HEAD, message, ...END };
}

function linesOf(asked: Asked): object[] {
  const { thinking, content, calls } = piecesFor(asked);
  const line = (said: object, more: object = { done: false }) => ({
    ...HEAD,
    message: { role: "assistant", content: "", ...said },
    ...more,
  });
  const lines = [
    ...thinking.map((text) => line({ thinking: text })),
    ...content.map((text) => line({ content: text })),
    ...calls.map((call) => line({ tool_calls: [call] })),
  ];
  if (asked.model === "cut") return lines;
  if (asked.model === "broken") return [...lines, { error: "an error was encountered while running the model" }];
  return [...lines, line({}, END)];
}

/** In pieces that are no lines, as a network would bring them. */
function streamed(lines: readonly object[]): Response {
  const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (let at = 0; at < bytes.length; at += 97) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + 97)));
        await Bun.sleep(0);
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
}

function compatible({ model }: Asked): Response {
  const message = { role: "assistant", content: "said compatibly" };
  const choices = [{ index: 0, message, finish_reason: "stop" }];
  return Response.json({ id: "chatcmpl-1", object: "chat.completion", created: 1, model, choices });
}
