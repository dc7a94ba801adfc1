// Ensembles through the whole program: who is asked, whose answer is given and why, what it costs, and how it ends.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { ask, type CallMore, lastCancelled, recordOf, saidIn } from "./callers.fixture.ts";
import { until } from "../../support/until.ts";
import { type ScriptedVendor, startScriptedVendor } from "../../support/vendors/scripted.ts";

let app: TestApp;
let vendor: ScriptedVendor;

const price = "{ input_usd_per_million: 1000, output_usd_per_million: 1000 }";

beforeAll(async () => {
  vendor = startScriptedVendor({});
  app = await startTestApp({
    config: `
providers:
  vendors: { acme: { kind: openai-compatible, base_url: "${vendor.url}", models: [a, b, c, judge] } }
  prices: { acme/a: ${price}, acme/b: ${price}, acme/c: ${price}, acme/judge: ${price} }
gateway:
  health: { breaker_failures: 1000, breaker_share: 1 }
  hedging: { routes: ["*"], calls_min: 5 }
  cache: { enabled: true, routes: [kept] }
  routes:
    voted: { strategy: ensemble, targets: [acme/a, acme/b, acme/c] }
    judged: { strategy: ensemble, decide: judge, judge: acme/judge, targets: [acme/a, acme/b, acme/c] }
    # Long enough for those that answer, on a busy machine too.
    hasty: { strategy: ensemble, decide: judge, judge: acme/judge, timeout: 2s, targets: [acme/a, acme/b] }
    first: { strategy: ensemble, decide: first_good, targets: [acme/a, acme/b] }
    two: { strategy: ensemble, quorum: 2, targets: [acme/a, acme/b, acme/c] }
    brief: { strategy: ensemble, timeout: 2s, targets: [acme/a, acme/b] }
    briefest: { strategy: ensemble, timeout: 300ms, targets: [acme/a, acme/b] }
    oneself: { strategy: ensemble, targets: [acme/a, acme/a, acme/a] }
    kept: { strategy: ensemble, targets: [acme/a, acme/b] }
    home: { strategy: ensemble, decide: judge, judge: acme/judge, targets: [{ target: acme/a, region: eu }, { target: acme/b, region: eu }, acme/c] }
governance:
  budgets:
    - { of: team, name: poor, usd: 0.5 }
    - { of: team, name: rich, usd: 100 }
`,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});
beforeEach(() => {
  vendor.script("a", { says: "Paris" });
  vendor.script("b", { says: "Rome" });
  vendor.script("c", { says: " paris\n" });
  vendor.script("judge", { says: "A" });
  vendor.asked.length = 0;
  vendor.withdrawn.length = 0;
});

const call = (model: string, more: CallMore = {}) => ask(app, model, more);
const record = (id: string | null | undefined) => recordOf(app, id);
const modelsAsked = () => vendor.asked.map(({ model }) => model).sort();

describe("a vote", () => {
  test("gives the answer that most say, the first of them; all are on the record with what they cost", async () => {
    vendor.script("a", { says: "Rome" });
    vendor.script("b", { says: "PARIS" });
    const { id, text, target } = await call("voted");
    expect(target).toBe("acme/b");
    expect(JSON.parse(text)).toMatchObject({
      choices: [{ message: { content: "PARIS" } }],
      usage: { total_tokens: 110 },
    });
    const told = await record(id);
    expect(told).toMatchObject({
      decision: "acme/b: 2 of 3 said the same",
      route: { strategy: "ensemble" },
      answer: { target: "acme/b" },
      tokens: { input: 100, output: 10 },
      cost: { usd_micros: 330_000 },
      outcome: "ok",
    });
    expect(
      told.attempts.map(({ target: of, role, outcome, cost_usd_micros }) => [of, role, outcome, cost_usd_micros]),
    ).toEqual([
      ["acme/a", "member", "ok", 110_000],
      ["acme/b", "member", "ok", 110_000],
      ["acme/c", "member", "ok", 110_000],
    ]);
    expect(told.considered.every(({ chosen }) => chosen)).toBe(true);
  });

  test("gives a stream as a stream, all of it at once, also in another dialect", async () => {
    const { text } = await call("voted", { body: { stream: true } });
    expect(saidIn(text)).toBe("Paris");
    expect(text.trimEnd().endsWith("data: [DONE]")).toBe(true);
    const response = await fetch(`${app.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": app.key, "content-type": "application/json" },
      body: JSON.stringify({
        model: "voted",
        max_tokens: 10,
        stream: true,
        messages: [{ role: "user", content: "?" }],
      }),
    });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = await response.text();
    expect(events).toContain('"text":"Paris"');
    expect(events).toContain("event: message_stop");
    expect((await record(response.headers.get("x-binnacle-call-id"))).decision).toBe("acme/a: 2 of 3 said the same");
  });

  test("may ask one target several times", async () => {
    const { id } = await call("oneself");
    expect((await record(id)).decision).toBe("acme/a: 3 of 3 said the same");
    expect(modelsAsked()).toEqual(["a", "a", "a"]);
  });

  test("is held among those that answered; where none did, the call fails as the first of them", async () => {
    vendor.script("a", {});
    vendor.script("c", {});
    const { id, text } = await call("voted");
    expect(text).toContain("Rome");
    expect(await record(id)).toMatchObject({
      decision: "acme/b, the only one of 3 that answered",
      cost: { usd_micros: 110_000 },
      attempts: [{ outcome: "error", status: 500 }, { outcome: "ok" }, { outcome: "error" }],
    });
    vendor.script("b", {});
    const failed = await call("voted");
    expect(failed.status).toBe(500);
    expect(await record(failed.id)).toMatchObject({
      outcome: "failed",
      error: { code: "providers.vendor_failed" },
      cost: { usd_micros: null },
    });
  });
});

describe("a judge", () => {
  test("is shown question and answers in a drawn order, and its letter counts", async () => {
    const { id, target } = await call("judged");
    const told = await record(id);
    const shown = vendor.asked.find(({ model }) => model === "judge")?.question ?? "";
    expect(shown).toContain("user: Hello");
    const [letter, best] = /A (acme\/\w)/.exec(told.attempts.at(-1)?.verdict ?? "") ?? [];
    expect(letter).toBeDefined();
    expect(best).toBe(target ?? "");
    expect(told.decision).toBe(`${target}: acme/judge chose it of 3`);
    expect(told.attempts.at(-1)).toMatchObject({ target: "acme/judge", role: "judge", cost_usd_micros: 110_000 });
    expect(told.cost.usd_micros).toBe(440_000);
  });

  test("that takes longer than the time-out is passed over", async () => {
    vendor.script("judge", { says: "A", isHeld: true });
    const { id } = await call("hasty");
    expect((await record(id)).decision).toBe(
      "acme/a: acme/judge failed: gateway.not_needed, and it is the first in order",
    );
  });

  test("sees them in other orders in other calls", async () => {
    const orders = new Set<string>();
    for (let calls = 0; calls < 12; calls += 1) {
      const { id } = await call("judged");
      orders.add((await record(id)).attempts.at(-1)?.verdict ?? "");
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  test.each([
    [{ says: "I like them all." }, "acme/a: acme/judge replied with no letter of theirs, and it is the first in order"],
    [{ says: "Z" }, "acme/a: acme/judge replied with no letter of theirs, and it is the first in order"],
    [{}, "acme/a: acme/judge failed: providers.vendor_failed, and it is the first in order"],
  ])("that replies badly or fails is passed over: %p", async (script, decision) => {
    vendor.script("judge", script);
    const { id, status } = await call("judged");
    expect(status).toBe(200);
    expect((await record(id)).decision).toBe(decision);
  });

  test("is not given data that it may not have; nor are members", async () => {
    const { id } = await call("home", { headers: { "x-binnacle-region": "eu" } });
    const told = await record(id);
    expect(told.decision).toBe(
      "acme/a: acme/judge was not asked, the route does not say its region, and it is the first in order",
    );
    expect(modelsAsked()).toEqual(["a", "b"]);
    expect(told.considered.at(-1)).toEqual({
      target: "acme/c",
      chosen: false,
      reason: "passed over: the route does not say its region",
    });
  });
});

describe("those that are not needed", () => {
  /** Of the other's answer it may be told before it was asked at all. */
  const isLetGo = () => vendor.withdrawn.includes("a") || !modelsAsked().includes("a");

  test("are let go once one is good", async () => {
    vendor.script("a", { says: "Late", isHeld: true });
    const { id, text } = await call("first");
    expect(text).toContain("Rome");
    expect(await record(id)).toMatchObject({
      decision: "acme/b: the first answer that was good",
      attempts: [
        { outcome: "cancelled", error: { code: "gateway.not_needed" }, cost_usd_micros: null },
        { outcome: "ok" },
      ],
      cost: { usd_micros: 110_000 },
    });
    await until(isLetGo);
  });

  test("are let go in the middle of a stream, and what they had said is counted", async () => {
    vendor.script("a", { says: "Paris, I believe", isHeldMidway: true });
    const { id, text } = await call("first", { body: { stream: true } });
    expect(saidIn(text)).toBe("Rome");
    await until(isLetGo);
    const { attempts } = await record(id);
    expect(attempts[0]).toMatchObject({ outcome: "cancelled", error: { code: "gateway.not_needed" } });
    // Where its first piece had not come yet, nothing is known of it.
    expect([undefined, "estimated"]).toContain(attempts[0]?.tokens?.source);
  });

  test("are waited for where the first refuses or is cut short", async () => {
    vendor.script("a", { says: "I'm sorry, but I can't help with that." });
    expect((await record((await call("first")).id)).decision).toBe("acme/b: the first answer that was good");
    vendor.script("b", { says: "Ro", finish: "length" });
    expect((await record((await call("first")).id)).decision).toBe(
      "acme/a: no answer was good, and it is the first in order",
    );
  });

  test("are let go once the quorum is there; below it the call fails", async () => {
    vendor.script("b", { says: "Rome", isHeld: true });
    expect((await record((await call("two")).id)).decision).toBe("acme/a: 2 of the 2 that answered said the same");
    vendor.script("a", {});
    vendor.script("b", {});
    const { id, status } = await call("two");
    expect(status).toBe(502);
    expect(await record(id)).toMatchObject({ error: { code: "gateway.no_quorum" }, cost: { usd_micros: 110_000 } });
  });

  test("are let go when the time is over", async () => {
    vendor.script("b", { says: "Rome", isHeld: true });
    expect((await record((await call("brief")).id)).decision).toBe("acme/a, the only one of 2 that answered");
    vendor.script("a", { says: "Paris", isHeld: true });
    const { id, status } = await call("briefest");
    expect(status).toBe(502);
    expect((await record(id)).error?.code).toBe("gateway.no_quorum");
  });
});

test.each([false, true])("a caller who hangs up ends all of them; streamed: %p", async (stream) => {
  for (const model of ["a", "b", "c"])
    vendor.script(model, { says: "Too late", [stream ? "isHeldMidway" : "isHeld"]: true });
  const leaving = new AbortController();
  const gone = app
    .chat({ model: "voted", stream, messages: [{ role: "user", content: "Hello" }] }, { signal: leaving.signal })
    .catch(() => "gone");
  await until(() => vendor.asked.length === 3);
  leaving.abort();
  expect(await gone).toBe("gone");
  await until(() => vendor.withdrawn.length === 3);
  expect(await lastCancelled(app)).toMatchObject({
    error: { code: "gateway.caller_gone" },
    attempts: [{ outcome: "cancelled" }, { outcome: "cancelled" }, { outcome: "cancelled" }],
  });
});

test("an answer that was kept asks nobody", async () => {
  await call("kept");
  const asked = vendor.asked.length;
  const { id, text } = await call("kept");
  expect(text).toContain("Paris");
  expect(vendor.asked.length).toBe(asked);
  expect(await record(id)).toMatchObject({ cache: "hit", cost: { usd_micros: 0 } });
});

test("a call like it that is under way is joined: nobody is asked twice", async () => {
  const body = { messages: [{ role: "user", content: "Who joins?" }] };
  vendor.script("a", { says: "Paris", isHeld: true });
  const first = app.chat({ model: "kept", ...body });
  await until(() => vendor.asked.length === 2);
  const second = app.chat({ model: "kept", ...body });
  vendor.letGo();
  expect(await (await first).text()).toContain("Paris");
  const response = await second;
  expect(await response.text()).toContain("Paris");
  const { cache, cost } = await record(response.headers.get("x-binnacle-call-id"));
  expect(["joined", "hit"]).toContain(cache);
  expect(cost.usd_micros).toBe(0);
  expect(modelsAsked()).toEqual(["a", "b"]);
});

test("such a route may be made by API, and is refused there for the same reasons", async () => {
  const plan = {
    strategy: "ensemble",
    targets: ["acme/a", "acme/b"],
    decide: "judge",
    judge: "acme/judge",
    timeout: "20s",
  };
  await app.client.routes.put({ name: "made", plan });
  expect((await record((await call("made")).id)).decision).toContain("acme/judge chose it of 2");
  const bad = app.client.routes.put({ name: "bad", plan: { ...plan, judge: "nobody/judge" } }).catch((error) => error);
  expect(await bad).toMatchObject({ code: "gateway.route_invalid", message: expect.stringContaining("judge") });
  const nested = { strategy: "order", targets: [{ strategy: "ensemble", targets: ["acme/a", "acme/b"] }] };
  const refused = await app.client.routes.put({ name: "bad", plan: nested }).catch((error) => error);
  expect(refused.message).toContain("ensemble is a strategy of a whole route");
});

describe("under a budget", () => {
  const keyOf = async (team: string) => (await app.client.keys.create({ name: team, team })).secret;

  test("one that pays for one but not for three is refused before anybody is asked", async () => {
    const key = await keyOf("poor");
    const body = { max_tokens: 100 };
    expect((await call("acme/a", { key, body })).status).toBe(200);
    vendor.asked.length = 0;
    const { status, text } = await call("voted", { key, body });
    expect([status, text]).toEqual([402, expect.stringContaining("team poor")]);
    expect(vendor.asked).toEqual([]);
  });

  test("what is charged is what all came to; of those let go, the most that it may have been", async () => {
    const key = await keyOf("rich");
    const all = await record((await call("voted", { key })).id);
    expect(all.budget?.charged_usd_micros).toBe(330_000);
    vendor.script("a", { says: "Late", isHeld: true });
    const some = await record((await call("first", { key })).id);
    expect(some.budget?.charged_usd_micros).toBeGreaterThan(110_000);
    expect(some.budget?.charged_usd_micros).toBeLessThanOrEqual(some.budget?.held_usd_micros ?? 0);
  });
});
