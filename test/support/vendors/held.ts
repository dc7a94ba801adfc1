// A vendor on loopback that answers every question differently, keeps what it was asked, and holds answers back until the
// test lets go: so that what happens meanwhile does not depend on how fast the machine is.

export interface HeldVendor {
  /** Ends where chat-completions' paths begin. */
  url: string;
  /** The bodies that it was asked with, in order. */
  asked: Record<string, unknown>[];
  /** Questions that hold `held` wait for this: a stream after its first piece, a whole answer before it. */
  letGo(): void;
  /** Answers that a hang-up kept from being given. */
  cutOff(): number;
  close(): Promise<void>;
}

type Body = Record<string, unknown> & { stream?: boolean; messages?: { content: string }[]; input?: string[] };

export function startHeldVendor(): HeldVendor {
  const asked: Body[] = [];
  let gate = Promise.withResolvers<void>();
  let cutOff = 0;

  async function answer(request: Request): Promise<Response> {
    const body = (await request.json()) as Body;
    asked.push(body);
    const place = asked.length;
    request.signal.addEventListener("abort", () => (cutOff += 1));
    if (body.input) return Response.json(embed(body.input));
    const question = body.messages?.at(-1)?.content ?? "";
    const held = question.includes("held") ? gate.promise : undefined;
    if (!body.stream) await held;
    if (question.includes("failing")) return Response.json({ error: { message: "no" } }, { status: 400 });
    if (question.includes("short")) return Response.json(whole(`answer ${place}`, "length"));
    if (!body.stream) return Response.json(whole(`answer ${place}`, "stop"));
    return new Response(streamOf(place, question, { held, signal: request.signal }), {
      headers: { "content-type": "text/event-stream" },
    });
  }

  function streamOf(
    place: number,
    question: string,
    { held, signal }: { held: Promise<void> | undefined; signal: AbortSignal },
  ): ReadableStream {
    return new ReadableStream({
      async start(controller) {
        controller.enqueue(event({ role: "assistant", content: `answer ${place}` }));
        await held;
        if (signal.aborted) return;
        if (question.includes("breaking")) return controller.close();
        controller.enqueue(event({ content: ", whole" }));
        controller.enqueue(event({}, "stop"));
        controller.enqueue(Buffer.from("data: [DONE]\n\n"));
        controller.close();
      },
    });
  }

  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 0, fetch: answer });
  return {
    url: `${server.url.href}v1`,
    asked,
    letGo() {
      gate.resolve();
      gate = Promise.withResolvers();
    },
    cutOff: () => cutOff,
    close: () => server.stop(true),
  };
}

const USAGE = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 };

function whole(content: string, finish_reason: string) {
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason }];
  return { id: "chatcmpl-1", object: "chat.completion", created: 1, model: "m", choices, usage: USAGE };
}

function event(delta: object, finish_reason: string | null = null): Buffer {
  const choices = [{ index: 0, delta, finish_reason }];
  const chunk = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m", choices };
  return Buffer.from(`data: ${JSON.stringify({ ...chunk, ...(finish_reason && { usage: USAGE }) })}\n\n`);
}

/** A text's vector tells its length, and where it stood. */
function embed(input: string[]) {
  const data = input.map((text, index) => ({ object: "embedding", index, embedding: [text.length, index] }));
  return {
    object: "list",
    data,
    model: "e",
    usage: { prompt_tokens: 10 * input.length, total_tokens: 10 * input.length },
  };
}
