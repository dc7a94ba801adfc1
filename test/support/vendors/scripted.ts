// A vendor on loopback of which each model answers as the test says, in one piece or as a stream; one that is told to hold
// its answer back does so until the test lets go or the question is withdrawn.

export interface Script {
  /** Left out: the vendor fails with a 500. */
  says?: string | ((question: string) => string);
  finish?: string;
  /** Of each of two tokens. */
  logprob?: number;
  isHeld?: boolean;
  /** A stream is held after its first piece. */
  isHeldMidway?: boolean;
  refusal?: string;
}

export interface ScriptedVendor {
  /** Ends where chat-completions' paths begin. */
  url: string;
  /** What a model answers from now on. */
  script(model: string, script: Script): void;
  /** The models that were asked, in order, with what they were asked. */
  asked: { model: string; body: Record<string, unknown>; question: string }[];
  letGo(): void;
  /** Questions that were withdrawn before they were answered. */
  withdrawn: string[];
  close(): Promise<void>;
}

type Body = Record<string, unknown> & { model: string; stream?: boolean; messages: { content: string }[] };

const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };

export function startScriptedVendor(scripts: Record<string, Script>): ScriptedVendor {
  const known = new Map(Object.entries(scripts));
  const asked: ScriptedVendor["asked"] = [];
  const withdrawn: string[] = [];
  let gate = Promise.withResolvers<void>();

  async function answer(request: Request): Promise<Response> {
    const body = (await request.json()) as Body;
    const { model } = body;
    const question = body.messages.map(({ content }) => content).join("\n");
    const script = known.get(model) ?? {};
    asked.push({ model, body, question });
    let isAnswered = false;
    const note = (): void => void (isAnswered || withdrawn.push(model));
    if (request.signal.aborted) note();
    else request.signal.addEventListener("abort", note);
    if (script.isHeld) await gate.promise;
    isAnswered = true;
    if (script.says === undefined) return Response.json({ error: { message: "out of order" } }, { status: 500 });
    const said = typeof script.says === "string" ? script.says : script.says(question);
    if (!body.stream) return Response.json(whole(model, { ...script, says: said }));
    const text = events(model, { ...script, says: said });
    if (script.isHeldMidway) isAnswered = false;
    const stream = script.isHeldMidway ? heldMidway(text, gate.promise) : text;
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  }

  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 0, fetch: answer });
  return {
    url: `${server.url.href}v1`,
    script: (model, script) => void known.set(model, script),
    asked,
    withdrawn,
    letGo() {
      gate.resolve();
      gate = Promise.withResolvers();
    },
    close: () => server.stop(true),
  };
}

/** The first two events, and the rest once the gate is open. */
function heldMidway(text: string, gate: Promise<void>): ReadableStream {
  const parts = text.split(/(?<=\n\n)/);
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from(parts.slice(0, 2).join("")));
      await gate;
      controller.enqueue(Buffer.from(parts.slice(2).join("")));
      controller.close();
    },
  });
}

type Said = Script & { says: string };

function logprobsOf({ logprob }: Said) {
  if (logprob === undefined) return {};
  return { logprobs: { content: [logprob, logprob].map((each) => ({ token: "t", logprob: each, top_logprobs: [] })) } };
}

function whole(model: string, said: Said) {
  const { says: content, finish: finish_reason = "stop", refusal } = said;
  const message = { role: "assistant", content, ...(refusal !== undefined && { refusal }) };
  const choices = [{ index: 0, message, finish_reason, ...logprobsOf(said) }];
  return { id: `chatcmpl-${model}`, object: "chat.completion", created: 1, model, choices, usage: USAGE };
}

function events(model: string, said: Said): string {
  const { says: content, finish = "stop" } = said;
  const chunk = (delta: object, finish_reason: string | null, more: object = {}) =>
    `data: ${JSON.stringify({
      id: `chatcmpl-${model}`,
      object: "chat.completion.chunk",
      created: 1,
      model,
      choices: [{ index: 0, delta, finish_reason, ...(finish_reason === null && logprobsOf(said)) }],
      ...more,
    })}\n\n`;
  const pieces = content.match(/.{1,8}/gs) ?? [];
  return [
    chunk({ role: "assistant", content: "" }, null),
    ...pieces.map((piece) => chunk({ content: piece }, null)),
    chunk({}, finish, { usage: USAGE }),
    "data: [DONE]\n\n",
  ].join("");
}
