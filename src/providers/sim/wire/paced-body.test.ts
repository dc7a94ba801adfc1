import { afterEach, beforeEach, expect, spyOn, test } from "bun:test";
import { getEventListeners } from "node:events";
import { createWorld } from "../../../kernel/index.ts";
import { serveSim } from "../serve-sim.ts";
import { createSim, simBaseUrl } from "../sim.ts";
import { simConfigSchema } from "../sim-config.ts";
import { createPacedBody, type Pacing } from "./paced-body.ts";
import { until } from "../../../../test/support/until.ts";

/** Timers that were set and have neither struck nor been cleared, with their milliseconds. */
const pending = new Map<unknown, number>();
const restore: (() => void)[] = [];
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;

beforeEach(() => {
  const set = spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms: number) => {
    const timer = realSetTimeout(() => {
      pending.delete(timer);
      run();
    }, ms);
    pending.set(timer, ms);
    return timer;
  }) as typeof setTimeout);
  const clear = spyOn(globalThis, "clearTimeout").mockImplementation(((timer: ReturnType<typeof setTimeout>) => {
    pending.delete(timer);
    realClearTimeout(timer);
  }) as typeof clearTimeout);
  restore.push(
    () => set.mockRestore(),
    () => clear.mockRestore(),
  );
});
afterEach(() => {
  for (const each of restore.splice(0)) each();
  pending.clear();
});

const FRAMES = ["a", "b", "c", "d"];

function pace(overrides: Partial<Pacing> = {}): ReadableStream<Uint8Array> {
  const monotonicMs = () => performance.now();
  return createPacedBody(FRAMES, { waitMs: () => 1, monotonicMs, signal: undefined, ending: "close", ...overrides });
}

const HOUR_MS = 3_600_000;

test("frames arrive whole and in order, and nobody listens for an abort any more", async () => {
  const { signal } = new AbortController();
  expect(await new Response(pace({ signal })).text()).toBe("abcd");
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("frames whose time has passed leave together", async () => {
  const clock = [0, 0, 2.5, 2.5];
  const body = pace({ waitMs: () => 1, monotonicMs: () => clock.shift() ?? 100 });
  const chunks: string[] = [];
  for await (const chunk of body) chunks.push(new TextDecoder().decode(chunk));
  expect(chunks).toEqual(["a", "bc", "d"]);
});

test("a clock that stands still does not stop the stream", async () => {
  expect(await new Response(pace({ monotonicMs: () => 0 })).text()).toBe("abcd");
});

test("a reader that goes takes the timer with it", async () => {
  const { signal } = new AbortController();
  const reader = pace({ waitMs: () => HOUR_MS, signal }).getReader();
  await reader.read();
  await until(() => longPending() === 1);
  await reader.cancel();
  expect(longPending()).toBe(0);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("an abort ends the wait at once, with the signal's reason", async () => {
  for (const ending of ["close", "silence"] as const) {
    const caller = new AbortController();
    const reader = pace({
      waitMs: (index) => (ending === "close" ? HOUR_MS * index : 0),
      signal: caller.signal,
      ending,
    });
    const reading = reader.pipeTo(new WritableStream(), { preventCancel: true });
    await Bun.sleep(1);
    caller.abort(new Error("enough"));
    expect(reading).rejects.toThrow("enough");
    await reading.catch(() => undefined);
    expect(longPending()).toBe(0);
  }
});

const longWaits = ["first_token_ms=3600000", "token_ms=3600000"];
const body = (options: string, stream: boolean): string =>
  JSON.stringify({ model: `sim-small?${options}`, stream, messages: [{ role: "user", content: "Tides" }] });

for (const options of longWaits)
  for (const stream of [true, false])
    test(`an abort frees all timers of a call in process (${options}, stream ${stream})`, async () => {
      const sim = createSim(simConfigSchema.parse({}), { world: createWorld() });
      const caller = new AbortController();
      const init = { method: "POST", body: body(options, stream), signal: caller.signal };
      const answer = sim.fetch(`${simBaseUrl}/chat/completions`, init).then((response) => response.text());
      await until(() => longPending() === 1);
      caller.abort();
      expect(answer).rejects.toMatchObject({ name: "AbortError" });
      await answer.catch(() => undefined);
      expect(longPending()).toBe(0);
      expect(getEventListeners(caller.signal, "abort")).toHaveLength(0);
    });

for (const options of longWaits)
  test(`a client that hangs up frees all timers of its call over HTTP (${options})`, async () => {
    const server = serveSim(simConfigSchema.parse({}), { port: 0 });
    const caller = new AbortController();
    const init = { method: "POST", body: body(options, true), signal: caller.signal };
    const answer = fetch(`${server.url}/chat/completions`, init).then((response) => response.text());
    await until(() => longPending() === 1);
    caller.abort();
    expect(answer).rejects.toMatchObject({ name: "AbortError" });
    await answer.catch(() => undefined);
    await until(() => longPending() === 0);
    await server.close();
  });

// Other parts of the program may be at work in the same process, and set timers of their own.
const longPending = (): number => [...pending.values()].filter((ms) => ms > HOUR_MS / 2).length;

/** Fails by the test's own time-out when it never comes true. */
