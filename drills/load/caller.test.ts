import { afterAll, describe, expect, test } from "bun:test";
import { createCaller, judgeAnswer } from "./caller.ts";
import type { PlannedCall } from "./planned-call.ts";

const DONE = "data: [DONE]\n\n";
const encoder = new TextEncoder();

/** Answers as the model's name says. */
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { model, stream } = (await request.json()) as { model: string; stream: boolean };
    if (model === "refuse") return Response.json({ error: { code: "x" } }, { status: 503 });
    if (!stream) return Response.json({ choices: [{}] });
    return new Response(
      new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(encoder.encode(model === "cut" ? "data: {}\n\n" : `data: {}\n\n${DONE}`));
          await Bun.sleep(20);
          if (model === "whole") controller.close();
          else controller.error(undefined);
        },
      }),
    );
  },
});
afterAll(() => server.stop(true));

async function call(model: string, stream: boolean): Promise<string> {
  const caller = createCaller({ url: server.url.href.replace(/\/$/, ""), key: "k" });
  const planned: PlannedCall = { tag: "t", model, stream, isInstant: false };
  const { how, tag } = await caller.call(planned);
  caller.close();
  expect(tag).toBe("t");
  return how;
}

describe("a caller", () => {
  test("takes a whole answer for an answer", async () => {
    expect(await call("whole", false)).toBe("answered");
    expect(await call("whole", true)).toBe("answered");
  });

  test("takes a stream for answered that breaks after [DONE], and for cut that breaks before", async () => {
    expect(await call("late cut", true)).toBe("answered");
    expect(await call("cut", true)).toBe("cut");
  });

  test("takes an error for a refusal", async () => {
    expect(await call("refuse", false)).toBe("refused");
  });

  test("is cut when nobody listens", async () => {
    const caller = createCaller({ url: "http://127.0.0.1:1", key: "k" });
    const planned: PlannedCall = { tag: "t", model: "m", stream: false, isInstant: false };
    expect((await caller.call(planned)).how).toBe("cut");
  });
});

test("an error event at the end of a stream, or half a JSON answer, is no answer", () => {
  expect(judgeAnswer({ status: 200, body: 'data: {"error":{}}\n\n' }, false)).toMatchObject({ how: "refused" });
  expect(judgeAnswer({ status: 200, body: '{"choices":[' }, undefined)).toMatchObject({ how: "refused" });
});
