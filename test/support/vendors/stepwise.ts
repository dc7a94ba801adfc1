// A vendor on loopback that streams chat-completions step by step: what comes after a step waits until the test lets it.

export interface StepwiseVendor {
  url: string;
  /** Texts of the pieces up to each stop. */
  say(...steps: string[][]): void;
  /** Lets the next step come. */
  goOn(): void;
  close(): Promise<void>;
}

const HEAD = { id: "chatcmpl-1", created: 1, model: "m", object: "chat.completion.chunk" };
const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

export function serveStepwise(): StepwiseVendor {
  let steps: string[][] = [];
  let gate = Promise.withResolvers<void>();
  const stream = () =>
    new ReadableStream<Uint8Array>({
      async start(controller) {
        const say = (text: string): void => controller.enqueue(Buffer.from(text));
        for (const [index, pieces] of steps.entries()) {
          if (index > 0) await gate.promise;
          gate = Promise.withResolvers<void>();
          say(pieces.map((content) => chunk({ content })).join(""));
        }
        say(`${chunk({}, "stop")}data: ${JSON.stringify({ ...HEAD, choices: [], usage: USAGE })}\n\ndata: [DONE]\n\n`);
        controller.close();
      },
    });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: () => new Response(stream(), { headers: { "content-type": "text/event-stream" } }),
  });
  return {
    url: `${server.url.href}v1`,
    say(...next) {
      steps = next;
    },
    goOn: () => gate.resolve(),
    close: () => server.stop(true),
  };
}

function chunk(delta: object, finish_reason: string | null = null): string {
  return `data: ${JSON.stringify({ ...HEAD, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
}
