// Tiers through the whole program: whose answer is accepted and why not, what is held and what comes as it comes, what it costs.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { ask, type CallMore, lastCancelled, recordOf, saidIn } from "./callers.fixture.ts";
import { until } from "../../support/until.ts";
import { type Script, type ScriptedVendor, startScriptedVendor } from "../../support/vendors/scripted.ts";

let app: TestApp;
let vendor: ScriptedVendor;

beforeAll(async () => {
  vendor = startScriptedVendor({});
  app = await startTestApp({
    config: `
providers:
  vendors: { acme: { kind: openai-compatible, base_url: "${vendor.url}", models: [small, middle, large, judge] } }
  prices:
    acme/small: { input_usd_per_million: 100, output_usd_per_million: 100 }
    acme/middle: { input_usd_per_million: 500, output_usd_per_million: 500 }
    acme/large: { input_usd_per_million: 1000, output_usd_per_million: 1000 }
    acme/judge: { input_usd_per_million: 100, output_usd_per_million: 100 }
gateway:
  health: { breaker_failures: 1000, breaker_share: 1 }
  hedging: { routes: ["*"], calls_min: 5, share: 1 }
  backoff_base: 1ms
  cache: { enabled: true, routes: [kept] }
  routes:
    drafted: { strategy: draft_then_final, targets: [acme/small, acme/large] }
    three: { strategy: draft_then_final, targets: [acme/small, acme/middle, acme/large] }
    sure: { strategy: draft_then_final, targets: [acme/small, acme/large], accept: { min_mean_logprob: -0.5 } }
    graded: { strategy: draft_then_final, targets: [acme/small, acme/large], accept: { judge: { target: acme/judge, threshold: 0.7 } } }
    hurried: { strategy: draft_then_final, targets: [acme/small, acme/large], stream: final }
    kept: { strategy: draft_then_final, targets: [acme/small, acme/large] }
    plain: { targets: [acme/large, acme/small] }
governance:
  budgets:
    - { of: team, name: poor, usd: 0.3 }
    - { of: team, name: rich, usd: 100 }
`,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});
beforeEach(() => {
  vendor.script("small", { says: "Four." });
  vendor.script("middle", { says: "Four!" });
  vendor.script("large", { says: "It is four." });
  vendor.script("judge", { says: "80" });
  vendor.asked.length = 0;
  vendor.withdrawn.length = 0;
});

const call = (model: string, more: CallMore = {}) => ask(app, model, more);
const record = (id: string | null | undefined) => recordOf(app, id);
const modelsAsked = () => vendor.asked.map(({ model }) => model);

describe("a draft", () => {
  test("that passes is the answer, and nobody else is asked", async () => {
    const { id, target, text } = await call("drafted");
    expect([target, modelsAsked()]).toEqual(["acme/small", ["small"]]);
    expect(JSON.parse(text)).toMatchObject({
      choices: [{ message: { content: "Four." } }],
      usage: { total_tokens: 110 },
    });
    expect(await record(id)).toMatchObject({
      decision: "acme/small: its answer was accepted",
      route: { strategy: "draft_then_final" },
      attempts: [{ role: "draft", verdict: "accepted", cost_usd_micros: 11_000 }],
      considered: [
        { target: "acme/small", chosen: true },
        { target: "acme/large", chosen: false },
      ],
      cost: { usd_micros: 11_000 },
    });
  });

  const json = { response_format: { type: "json_object" } };
  const schema = {
    response_format: {
      type: "json_schema",
      json_schema: { name: "n", schema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] } },
    },
  };
  test.each<[string, Script, object, string]>([
    ["is cut short", { says: "Fo", finish: "length" }, {}, "it ended with length"],
    ["is a refusal, by its words", { says: "I'm sorry, but I can't help with that." }, {}, "it refuses"],
    ["is a refusal, by its vendor", { says: "", refusal: "No." }, {}, "it refuses"],
    ["says nothing", { says: " " }, {}, "it says nothing"],
    ["is no JSON", { says: "four" }, json, "it is not the JSON that was asked for: it is not JSON"],
    ["fits no schema", { says: '{"n":"4"}' }, schema, "it is not the JSON that was asked for: n:"],
    ["fails", {}, {}, "it failed, providers.vendor_failed"],
  ])("that %s is not accepted: the next one answers", async (_, script, body, why) => {
    vendor.script("small", script);
    const { id, target } = await call("drafted", { body });
    expect(target).toBe("acme/large");
    const told = await record(id);
    expect(told.attempts[0]?.verdict).toStartWith(`not accepted: ${why}`);
    expect(told).toMatchObject({
      decision: "acme/large: that of acme/small was not accepted",
      attempts: [{ role: "draft" }, { role: "final", cost_usd_micros: 110_000, tokens: { output: 10 } }],
      considered: [{ chosen: true }, { chosen: true }],
      cost: { usd_micros: "says" in script ? 121_000 : 110_000 },
    });
  });

  test("that fits the schema is accepted", async () => {
    vendor.script("small", { says: '{"n":4}' });
    expect((await call("drafted", { body: schema })).target).toBe("acme/small");
  });

  test("is asked with its log probabilities where they decide", async () => {
    expect((await record((await call("sure")).id)).attempts[0]?.verdict).toBe(
      "not accepted: it came without log probabilities",
    );
    expect(vendor.asked.map(({ body }) => body["logprobs"])).toEqual([true, undefined]);
    for (const stream of [false, true]) {
      vendor.script("small", { says: "Four.", logprob: -0.1 });
      expect((await call("sure", { body: { stream } })).target).toBe("acme/small");
      vendor.script("small", { says: "Four.", logprob: -2 });
      const { id } = await call("sure", { body: { stream } });
      expect((await record(id)).attempts[0]?.verdict).toBe(
        "not accepted: the mean of its log probabilities is -2.000, below -0.5",
      );
    }
  });

  test("may come in several tiers, each with its reason", async () => {
    vendor.script("small", { says: "Fo", finish: "length" });
    expect((await record((await call("three")).id)).decision).toBe("acme/middle: its answer was accepted");
    vendor.script("middle", {});
    expect((await record((await call("three")).id)).decision).toBe(
      "acme/large: that of acme/small was not accepted, and that of acme/middle was not accepted",
    );
  });
});

describe("a judge of drafts", () => {
  test.each<[Script, string]>([
    [{ says: "85" }, "accepted"],
    [{ says: "20/100" }, "not accepted: acme/judge gives it 0.2 of 1, and 0.7 is needed"],
    [{ says: "splendid" }, "not accepted: acme/judge replied with no number up to 100"],
    [{}, "not accepted: acme/judge failed: providers.vendor_failed"],
  ])("%p", async (script, verdict) => {
    vendor.script("judge", script);
    const { id } = await call("graded");
    const told = await record(id);
    expect(told.attempts[0]?.verdict).toBe(verdict);
    expect(told.attempts[1]?.role).toBe("judge");
  });

  test("is not asked of a draft that fails the other checks", async () => {
    vendor.script("small", { says: "Fo", finish: "length" });
    await call("graded");
    expect(modelsAsked()).toEqual(["small", "large"]);
  });
});

describe("a stream", () => {
  test("is held until it is accepted", async () => {
    const { text, id } = await call("drafted", { body: { stream: true } });
    expect(saidIn(text)).toBe("Four.");
    const { timings, attempts } = await record(id);
    expect(timings.first_token_ms ?? 0).toBeGreaterThanOrEqual(attempts[0]?.duration_ms ?? Number.POSITIVE_INFINITY);
  });

  test("comes as it comes from the last target", async () => {
    vendor.script("small", { says: "Fo", finish: "length" });
    const { text, id } = await call("drafted", { body: { stream: true } });
    expect(saidIn(text)).toBe("It is four.");
    expect(await record(id)).toMatchObject({ outcome: "ok", cost: { usd_micros: 121_000 } });
  });

  test("may go to the last target at once", async () => {
    const { target, id } = await call("hurried", { body: { stream: true } });
    expect([target, modelsAsked()]).toEqual(["acme/large", ["large"]]);
    expect((await record(id)).decision).toBe("acme/large: streams go to the last target at once");
    expect((await call("hurried")).target).toBe("acme/small");
  });
});

describe("an end", () => {
  test("is what the last target fails with, after its tries; what the draft cost stays on the record", async () => {
    vendor.script("small", { says: "Fo", finish: "length" });
    vendor.script("large", {});
    const { id, status } = await call("drafted");
    expect(status).toBe(500);
    expect(await record(id)).toMatchObject({ outcome: "failed", cost: { usd_micros: 11_000 } });
    expect(modelsAsked().filter((model) => model === "large")).toHaveLength(3);
  });

  test("comes with the caller's hang-up, while a draft is held", async () => {
    vendor.script("small", { says: "Late", isHeld: true });
    const leaving = new AbortController();
    const gone = app
      .chat({ model: "drafted", messages: [{ role: "user", content: "Hello" }] }, { signal: leaving.signal })
      .catch(() => "gone");
    await until(() => vendor.asked.length === 1);
    leaving.abort();
    expect(await gone).toBe("gone");
    await until(() => vendor.withdrawn.length === 1);
    expect((await lastCancelled(app)).attempts).toMatchObject([{ outcome: "cancelled", cost_usd_micros: null }]);
    expect(modelsAsked()).toEqual(["small"]);
  });
});

test("an answer that was kept asks nobody", async () => {
  await call("kept");
  const { id } = await call("kept");
  expect((await record(id)).cache).toBe("hit");
  expect(modelsAsked()).toEqual(["small"]);
});

test("what would be asked is told beforehand, with what makes an answer accepted", async () => {
  const { route, compound, considered } = await app.client.routes.explain({
    model: "graded",
    request: { messages: [{ role: "user", content: "?" }] },
  });
  expect(route.strategy).toBe("draft_then_final");
  expect(considered.map(({ chosen }) => chosen)).toEqual([true, false]);
  expect(compound.map(({ target, role }) => [target, role])).toEqual([
    ["acme/small", "draft"],
    ["acme/large", "final"],
    ["acme/judge", "judge"],
  ]);
  expect(compound[0]?.says).toBe(
    "the first of 2; accepted if it came to its own end, it does not refuse, its JSON fits what was asked for, acme/judge gives it 0.7 of 1 at least",
  );
  expect(vendor.asked).toEqual([]);
});

describe("under a budget", () => {
  const keyOf = async (team: string) => (await app.client.keys.create({ name: team, team })).secret;

  test("all tiers are held, and what was asked is charged", async () => {
    const key = await keyOf("rich");
    const { budget } = await record((await call("drafted", { key })).id);
    expect(budget?.charged_usd_micros).toBe(11_000);
    vendor.script("small", { says: "Fo", finish: "length" });
    for (const stream of [false, true]) {
      const { id } = await call("drafted", { key, body: { stream } });
      expect((await record(id)).budget?.charged_usd_micros).toBe(121_000);
    }
  });

  test("one that pays for the draft alone refuses", async () => {
    const key = await keyOf("poor");
    const { status } = await call("drafted", { key, body: { max_tokens: 100 } });
    expect([status, vendor.asked]).toEqual([402, []]);
  });
});

test("what is asked of the last target is not hedged, though calls of other routes are", async () => {
  const stream = { body: { stream: true } };
  for (let calls = 0; calls < 30; calls += 1) await call("plain", stream);
  vendor.script("large", { says: "At last.", isHeld: true });
  const hedged = await record((await call("plain", stream)).id);
  expect(hedged.attempts.map(({ target, outcome }) => [target, outcome])).toEqual([
    ["acme/large", "cancelled"],
    ["acme/small", "ok"],
  ]);
  vendor.asked.length = 0;
  const held = call("hurried", stream);
  await until(() => vendor.asked.length === 1);
  // Longer than the hedged call took in all.
  await Bun.sleep(2 * hedged.timings.total_ms);
  vendor.letGo();
  const { attempts } = await record((await held).id);
  expect(attempts).toMatchObject([{ target: "acme/large", role: "final", outcome: "ok" }]);
});
