// One suite, two ways to reach the simulator: as the gateway does, and over real HTTP.
import { afterAll, describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { serveSim } from "./serve-sim.ts";
import { createSim, simBaseUrl } from "./sim.ts";
import { simConfigSchema } from "./sim-config.ts";
import { drawFault } from "./wire/fault-answers.ts";

const config = simConfigSchema.parse({});
const server = serveSim(config, { port: 0 });
afterAll(() => server.close());
const inProcess = createSim(config, { world: createWorld() });

interface Way {
  name: string;
  url: string;
  fetch: (url: string, init: BunFetchRequestInit) => Promise<Response>;
}
const ways: Way[] = [
  { name: "in process", url: simBaseUrl, fetch: inProcess.fetch },
  { name: "over HTTP", url: server.url, fetch: (url, init) => fetch(url, init) },
];

/** Long enough for an answer that must not come to come; a slow machine can only make the test more lenient. */
const SILENCE_MS = 50;
const silence = Symbol("silence");

function orSilence<T>(promise: Promise<T>): Promise<T | typeof silence> {
  return Promise.race([promise, Bun.sleep(SILENCE_MS).then((): typeof silence => silence)]);
}

async function failureOf(promise: Promise<unknown>): Promise<{ name: string; code: unknown }> {
  const error = await promise.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason as Error,
  );
  return { name: error.name, code: "code" in error ? error.code : undefined };
}

async function failureOfRealRefusal(): Promise<{ name: string; code: unknown }> {
  const listener = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { url } = listener;
  await listener.stop(true);
  return failureOf(fetch(url));
}

type Call = (options: string, more?: { stream?: boolean; signal?: AbortSignal }) => Promise<Response>;

function callThrough({ url, fetch }: Way): Call {
  return (options, { stream = false, signal } = {}) => {
    const body = { model: `sim-instant?tokens=10&${options}`, stream, messages: [{ role: "user", content: "Tides" }] };
    const init = { method: "POST", body: JSON.stringify(body), ...(signal && { signal }) };
    return fetch(`${url}/chat/completions`, init);
  };
}

for (const way of ways) {
  const call = callThrough(way);
  describe(way.name, () => {
    testFaultsBeforeTheAnswer(call, way);
    testFaultsInTheAnswer(call);
    testFaultsOfTheAnswer(call);
  });
}

function testFaultsBeforeTheAnswer(call: Call, { name }: Way): void {
  test("429 says when to come back, in OpenAI's words", async () => {
    const response = await call("error=429&retry_after_s=7");
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({ error: { code: "rate_limit_exceeded", param: null } });
  });

  test("500 and 503 are errors in OpenAI's words", async () => {
    for (const status of [500, 503]) {
      const response = await call(`error=${status}`, { stream: true });
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining("simulated") } });
    }
  });

  test("a refused connection fails as real ones do, or is reset before a byte came", async () => {
    const failure = await failureOf(call("error=refused"));
    if (name === "in process") expect(failure).toEqual(await failureOfRealRefusal());
    else expect(failure).toEqual({ name: "TypeError", code: "ECONNRESET" });
  });

  test("a stall answers nothing until the caller gives up", async () => {
    const caller = new AbortController();
    const answer = call("error=stall", { signal: caller.signal });
    expect(await orSilence(answer)).toBe(silence);
    caller.abort();
    expect(await failureOf(answer)).toMatchObject({ name: "AbortError" });
  });
}

function testFaultsInTheAnswer(call: Call): void {
  for (const stream of [false, true]) {
    const form = stream ? "stream" : "JSON";
    test(`a cut ${form} begins, then breaks as a reset connection does`, async () => {
      const { received, reader } = await readCut(() => call("error=cut", { stream }));
      expect(received).toStartWith(stream ? "data: " : "{");
      expect(received).not.toContain("[DONE]");
      expect(await failureOf(reader)).toEqual({ name: "TypeError", code: "ECONNRESET" });
    });

    test(`a ${form} that stalls in the middle begins, then says nothing more`, async () => {
      const caller = new AbortController();
      const { received, reader } = await readUntilQuiet(
        await call("error=stall_mid", { stream, signal: caller.signal }),
      );
      expect(received).toStartWith(stream ? "data: " : "{");
      expect(await orSilence(reader)).toBe(silence);
      caller.abort();
      expect(await failureOf(reader)).toMatchObject({ name: "AbortError" });
    });
  }

  test("faults in the middle strike after as many tokens as were asked for", async () => {
    const { received: none } = await readCut(() => call("error=cut&fault_after_tokens=0", { stream: true }));
    expect(contentOf(none)).toBe("");
    const { received: three } = await readCut(() => call("error=cut&fault_after_tokens=3", { stream: true }));
    expect(contentOf(three)).toBe("This is Binnac");
  });
}

function testFaultsOfTheAnswer(call: Call): void {
  test("a malformed chunk stands in the middle of a stream that goes on", async () => {
    const text = await (await call("error=malformed", { stream: true })).text();
    const broken = dataOf(text).filter((data) => data !== "[DONE]" && !isJson(data));
    expect(broken).toHaveLength(1);
    expect(text.indexOf(broken[0] ?? "")).toBeGreaterThan(text.indexOf("This"));
    expect(text).toEndWith("data: [DONE]\n\n");
  });

  test("a malformed JSON answer does not parse", async () => {
    const response = await call("error=malformed");
    expect(response.headers.get("content-type")).toStartWith("application/json");
    expect(isJson(await response.text())).toBe(false);
  });

  test("garbage is a page, and empty is empty, both with 200", async () => {
    const page = await call("error=garbage");
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await page.text()).toStartWith("<!doctype html>");
    const nothing = await call("error=empty", { stream: true });
    expect([nothing.status, await nothing.text()]).toEqual([200, ""]);
  });

  test("slow takes ten times as long", async () => {
    const begun = performance.now();
    await (await call("error=slow&first_token_ms=6")).text();
    expect(performance.now() - begun).toBeGreaterThan(50);
  });
}

/** Bun's client may throw away what had arrived when a connection is reset; then another call is looked at. */
async function readCut(call: () => Promise<Response>): Promise<Awaited<ReturnType<typeof readUntilQuiet>>> {
  for (;;) {
    const read = await readUntilQuiet(await call());
    if (read.received !== "") return read;
  }
}

/** What arrived before silence or failure, and the read that is still open. */
async function readUntilQuiet(response: Response): Promise<{ received: string; reader: Promise<unknown> }> {
  const reader = response.body?.getReader();
  if (!reader) throw new Error("the response has no body");
  const decoder = new TextDecoder();
  let received = "";
  for (;;) {
    const reading = reader.read();
    // What comes first may take its time; silence is what follows it.
    const next = await (received === "" ? reading : orSilence(reading)).catch(() => silence);
    if (typeof next === "symbol") return { received, reader: reading };
    if (next.done) throw new Error("the body ended properly");
    received += decoder.decode(next.value as Uint8Array, { stream: true });
  }
}

function dataOf(sse: string): string[] {
  return sse.split("\n\n").flatMap((event) => (event.startsWith("data: ") ? [event.slice(6)] : []));
}

function contentOf(sse: string): string {
  type Chunk = { choices: { delta: { content?: string } }[] };
  return dataOf(sse)
    .map((data) => (JSON.parse(data) as Chunk).choices[0]?.delta.content ?? "")
    .join("");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("which fault strikes is drawn by the rates, one number a call", () => {
  const rates = { "429": 0.1, cut: 0.2 };
  const drawn = [0, 0.0999, 0.1, 0.2999, 0.3001, 0.9999].map((number) => drawFault(rates, () => number));
  expect(drawn).toEqual(["429", "429", "cut", "cut", undefined, undefined]);
  expect([0, 0.9999999].map((number) => drawFault({ stall: 1 }, () => number))).toEqual(["stall", "stall"]);
  const random = (): number => {
    throw new Error("nothing is drawn where nothing can strike");
  };
  expect(drawFault({ cut: 0 }, random)).toBeUndefined();
});
