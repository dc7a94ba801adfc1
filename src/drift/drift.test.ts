import { afterEach, describe, expect, test } from "bun:test";
import { type MadeCall, lotOf, startTestDrift } from "./drift.fixture.ts";

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.map(({ close }) => close()));
  opened = [];
});

const CONFIG = { confirm_looks: 2, clear_looks: 2, baseline: { after: "3d", calls_min: 500 } };
const CALLS = 60;

async function start(config: Record<string, unknown> = {}) {
  const started = await startTestDrift({ ...CONFIG, ...config });
  opened.push(started);
  return started;
}

/** An hour as any other: sizes that vary, one refusal in a hundred. */
function usual(hour: number, change: (call: MadeCall, lot: () => number) => MadeCall = (call) => call): MadeCall[] {
  const lot = lotOf(hour + 1);
  for (let warm = 0; warm < 10; warm += 1) lot();
  return Array.from({ length: CALLS }, () => {
    const output_tokens = Math.round(20 + 180 * lot() ** 2);
    const pace = 10 + 5 * lot();
    const call: MadeCall = {
      input_tokens: Math.round(50 + 400 * lot()),
      output_tokens,
      first_token_ms: 150 + 100 * lot(),
      response_preview: lot() < 0.01 ? "I'm sorry, but I can't help with that." : "this is what it is",
    };
    return change({ ...call, duration_ms: (call.first_token_ms ?? 0) + pace * output_tokens }, lot);
  });
}

describe("a baseline", () => {
  test("is made of a profile's first days by itself, and said to be automatic", async () => {
    const { drift, state, goTo } = await start();
    state.make = (hour) => usual(hour);
    await goTo(24);
    expect(await drift.baselines.list()).toEqual([]);
    await goTo(100);
    const [baseline] = await drift.baselines.list();
    expect(baseline).toMatchObject({ source: "automatic", profile: { model: "m", route: "direct", prompt: null } });
    expect(baseline?.figures["refusals"]?.share).toBeLessThan(0.02);
    expect(await drift.state()).toMatchObject({ open: 0, profiles: [{ baseline: { id: baseline?.id } }] });
  });

  test("is chosen by its time and label, in place of another, and taken away", async () => {
    const { drift, state, goTo } = await start({ baseline: { automatic: false, calls_min: 500 } });
    state.make = (hour) => usual(hour);
    await goTo(60);
    const chosen = await drift.baselines.put({ model: "m", label: "release 7" });
    expect(chosen).toMatchObject({ source: "chosen", label: "release 7", profile: { route: "direct" } });
    const other = await drift.baselines.put({ model: "m", label: "release 8", since_ms: state.nowMs - 20 * 3_600_000 });
    expect((await drift.baselines.list()).map(({ id }) => id)).toEqual([other.id]);
    await drift.baselines.remove(other.id);
    expect(await drift.baselines.list()).toEqual([]);
  });

  test("reaches further back than what is kept, into the record itself", async () => {
    const { drift, state, goTo } = await start({ look_back: "1h", baseline: { automatic: false, calls_min: 500 } });
    state.make = (hour) => usual(hour);
    state.nowMs += 90 * 3_600_000;
    await goTo(91);
    const chosen = await drift.baselines.put({ model: "m", label: "before", since_ms: state.nowMs - 50 * 3_600_000 });
    expect(chosen.calls).toBeGreaterThan(49 * CALLS);
  });

  test("of too few calls, of nothing, of a time that ends before it begins, is refused with what to do", async () => {
    const { drift, state, goTo } = await start({ baseline: { automatic: false, calls_min: 500 } });
    state.make = (hour) => usual(hour);
    await goTo(3);
    const put = (wish: object) =>
      drift.baselines.put({ model: "m", label: "x", ...wish }).catch((error: unknown) => error);
    expect(await put({})).toMatchObject({ code: "drift.too_few_calls" });
    expect(await put({ model: "nobody's" })).toMatchObject({ code: "drift.unknown_profile" });
    expect(await put({ since_ms: 5, until_ms: 4 })).toMatchObject({ code: "drift.window_reversed" });
    expect(await drift.baselines.remove("x").catch((error: unknown) => error)).toMatchObject({
      code: "drift.unknown_baseline",
    });
  });
});

describe("a finding", () => {
  test("comes when answers grow longer, goes when they are as before, and is told both times", async () => {
    const { drift, state, goTo } = await start();
    const heard: string[] = [];
    drift.subscribe(({ figure, state: now }) => heard.push(`${figure} ${now}`));
    state.make = (hour) =>
      usual(hour, (call) =>
        hour >= 100 && hour < 130 ? { ...call, output_tokens: (call.output_tokens ?? 0) * 1.6 } : call,
      );
    await goTo(80);
    await goTo(99, 1);
    expect(await drift.findings({ open: true })).toEqual([]);
    await goTo(108, 1);
    const open = await drift.findings({ open: true });
    const found = open.find(({ figure, kind }) => figure === "output_tokens" && kind === "distribution");
    expect(found).toMatchObject({ profile: { model: "m" } });
    expect(found?.evidence.measures.find(({ detector }) => detector === "wasserstein")).toMatchObject({ drift: true });
    expect(found?.evidence.now?.p50).toBeGreaterThan((found?.evidence.before?.p50 ?? 0) * 1.3);
    expect((await drift.list({ state: "open", limit: 50 })).findings.length).toBeGreaterThan(0);
    expect(await drift.find(found?.id ?? "")).toMatchObject({ id: found?.id ?? "" });
    await goTo(170, 1);
    expect(await drift.findings({ open: true })).toEqual([]);
    expect(heard).toContain("output_tokens open");
    expect(heard).toContain("output_tokens closed");
  });

  test("names a version of the model that was not there before, at once", async () => {
    const { drift, state, goTo } = await start();
    state.make = (hour) => usual(hour, (call) => ({ ...call, answer_model: hour >= 101 ? "m-2" : "m-1" }));
    await goTo(100);
    await goTo(102, 1);
    expect(await drift.findings({ open: true })).toMatchObject([
      { kind: "version", figure: "answer_model", evidence: { names: ["m-2"] } },
    ]);
  });

  test("comes when one call in ten declines", async () => {
    const { drift, state, goTo } = await start();
    state.make = (hour) =>
      usual(hour, (call, lot) =>
        hour >= 100 && lot() < 0.1 ? { ...call, response_preview: "I cannot help you with this request." } : call,
      );
    await goTo(80);
    await goTo(112, 1);
    const figures = (await drift.findings({ open: true })).map(({ figure }) => figure);
    expect(figures).toContain("refusals");
  });
});

test("slow decay over many profiles is found with the profiles that it is of", async () => {
  const { drift, state, goTo } = await start({ profiles_max: 10, look_back: "15d" });
  const profiles = ["a", "b", "c", "d", "e"];
  state.make = (hour) =>
    profiles.flatMap((model, place) => {
      const slower = Math.exp((0.012 * Math.max(hour - 72, 0)) / 24);
      return usual(hour * 10 + place, (call) => ({ ...call, model, duration_ms: (call.duration_ms ?? 0) * slower }));
    });
  await goTo(14 * 24);
  const found = (await drift.findings({ open: true })).find(({ kind }) => kind === "erosion");
  expect(found).toMatchObject({ figure: "ms_per_token/more", profile: null });
  expect(found?.evidence.erosion?.contributors.map(({ model }) => model).sort()).toEqual(profiles);
  expect(found?.evidence.erosion?.change).toBeGreaterThan(0.05);
});

test("records are compared once, and how old they were is told", async () => {
  const { drift, state, goTo } = await start();
  state.make = (hour) => usual(hour);
  await goTo(2);
  const seen = (await drift.state()).profiles[0]?.calls;
  expect(seen).toBe(2 * CALLS);
  await drift.check();
  expect((await drift.state()).profiles[0]?.calls).toBe(seen);
  expect(Math.max(...state.lags)).toBeGreaterThan(3_000_000);
});

test("a page of findings with a cursor that is none is refused", async () => {
  const { drift } = await start();
  expect(await drift.list({ limit: 5, cursor: "nonsense" }).catch((error: unknown) => error)).toMatchObject({
    code: "drift.bad_cursor",
  });
  expect(await drift.find("nothing").catch((error: unknown) => error)).toMatchObject({ code: "drift.unknown_finding" });
});
