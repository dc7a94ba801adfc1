// `chat`: one answer, a pipe, a conversation; and answers that do not come, or break off.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { CliHost } from "../cli-host.ts";
import { type FakeServer, GOOD_KEY, sampleModel, startFakeServer } from "../testing/fake-server.ts";
import { runInTest, type TestHost } from "../testing/run-in-test.ts";
import { CALL_ID } from "../testing/sample-call.ts";

let server: FakeServer;
let asked: { model: string; stream: boolean; messages: { role: string; content: string }[] }[];

beforeEach(() => {
  asked = [];
  server = startFakeServer({ chat: answerWith(["Ray", "leigh"]) });
});
afterEach(() => server.stop());

const run = (argv: string[], host?: TestHost) =>
  runInTest(["chat", ...argv, "--url", server.url, "--key", GOOD_KEY], host);

const chunk = (value: unknown): string => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;
const delta = (content: string) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const ending = [
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 7, completion_tokens: 2 } },
  "[DONE]",
];

function answerWith(texts: string[], tail: unknown[] = ending) {
  return (body: unknown): Response => {
    asked.push(structuredClone(body) as (typeof asked)[number]);
    const events = [...texts.map(delta), ...tail].map(chunk).join("");
    const headers = {
      "content-type": "text/event-stream",
      "x-binnacle-call-id": CALL_ID,
      "x-binnacle-target": "sim/sim-small",
    };
    return new Response(events, { headers });
  };
}

function typing(...lines: string[]): CliHost["stdin"] {
  return { isTerminal: true, read: async () => "", ask: async () => lines.shift() };
}

describe("chat MODEL PROMPT", () => {
  test("prints the answer alone on stdout, and what it took on stderr", async () => {
    const { exitCode, stdout, stderr } = await run(["sim/sim-small", "Why is the sky blue?", "--system", "Be brief."]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Rayleigh\n" });
    expect(stderr).toContain("sim/sim-small · 7 → 2 tokens · $0.000219");
    expect(stderr).toContain("call 8f2c61d09a4b");
    expect(asked[0]?.messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Why is the sky blue?" },
    ]);
  });

  test("with --quiet prints nothing but the answer", async () => {
    expect(await run(["m", "Hi", "--quiet"])).toEqual({ exitCode: 0, stdout: "Rayleigh\n", stderr: "" });
  });

  test("with --json gives one document", async () => {
    const { stdout } = await run(["m", "Hi", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      model: "m",
      target: "sim/sim-small",
      text: "Rayleigh",
      finish_reason: "stop",
      usage: { prompt_tokens: 7, completion_tokens: 2 },
      cost_usd_micros: 219,
      call_id: CALL_ID,
    });
  });

  test("reads the prompt from a pipe, or from - beside a terminal", async () => {
    const read = async (): Promise<string> => "from the pipe";
    await run(["m"], { stdin: { isTerminal: false, read, ask: async () => undefined } });
    await run(["m", "-"], { stdin: { isTerminal: true, read, ask: async () => undefined } });
    expect(asked.map(({ messages }) => messages[0]?.content)).toEqual(["from the pipe", "from the pipe"]);
  });

  test("takes a lone text with spaces as the prompt, and asks the first route", async () => {
    server.content.models = [sampleModel(), { ...sampleModel(), id: "fast", kind: "route" }];
    const { stderr } = await run(["Why is the sky blue?"]);
    expect(asked[0]).toMatchObject({ model: "fast", messages: [{ content: "Why is the sky blue?" }] });
    expect(stderr).toContain("Asking fast");
  });

  test("takes control characters out of the answer", async () => {
    server.content.chat = answerWith(["\u001b[2J", "a\nb\u009b"]);
    expect((await run(["m", "Hi", "-q"])).stdout).toBe("[2Ja\nb\n");
  });
});

describe("an answer that does not come", () => {
  test("is the server's error, with where to read more", async () => {
    server.content.chat = () =>
      Response.json(
        { error: { message: "No model fsat. Did you mean fast?", code: "model_not_found" } },
        { status: 404, headers: { "x-binnacle-call-id": CALL_ID } },
      );
    const { exitCode, stdout, stderr } = await run(["fsat", "Hi", "--json"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "model_not_found",
      message: "No model fsat. Did you mean fast?",
      fix: `\`binnacle calls show ${CALL_ID}\` shows what happened.`,
    });
  });

  test.each([
    ["ends too early", [], "the stream ended too early"],
    ["says that it failed", [{ error: { message: "The vendor cut the stream." } }], "The vendor cut the stream"],
    ["is garbage", ["{"], "could not be read"],
  ])("fails when the stream %s, after what had come", async (_, tail, words) => {
    server.content.chat = answerWith(["Ray"], tail);
    const { exitCode, stdout, stderr } = await run(["m", "Hi"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "Ray\n" });
    expect(stderr).toContain(words);
  });

  test("is told before anything is sent when there is nothing to ask", async () => {
    const { exitCode, stderr } = await run(["m", "  "]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("the prompt is empty");
    expect(asked).toEqual([]);
  });

  test("ends with 130 on Ctrl-C, on a line of its own", async () => {
    const interrupt = new AbortController();
    const body = new ReadableStream({ start: (controller) => controller.enqueue(chunk(delta("Ray"))) });
    server.content.chat = () => new Response(body, { headers: { "content-type": "text/event-stream" } });
    const { exitCode, stdout } = await run(["m", "Hi"], {
      signal: interrupt.signal,
      onWrite: () => interrupt.abort(),
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "Ray\n" });
  });
});

describe("a conversation", () => {
  test("carries what was said, until the input ends", async () => {
    const { exitCode, stdout } = await run(["m"], { columns: 80, stdin: typing("One?", "", "Two?") });
    expect(exitCode).toBe(0);
    expect(stdout).toBe("Rayleigh\nRayleigh\n");
    expect(asked[1]?.messages).toEqual([
      { role: "user", content: "One?" },
      { role: "assistant", content: "Rayleigh" },
      { role: "user", content: "Two?" },
    ]);
  });

  test("goes on after an error, without the question that failed", async () => {
    const works = answerWith(["Yes"]);
    let turn = 0;
    server.content.chat = (body) => {
      turn += 1;
      return turn === 1 ? Response.json({ error: { message: "Overloaded." } }, { status: 503 }) : works(body);
    };
    const { exitCode, stderr } = await run(["m"], { stdin: typing("One?", "Two?") });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Overloaded.");
    expect(asked[0]?.messages).toEqual([{ role: "user", content: "Two?" }]);
  });
});
