// A vendor fails, people hear of it, it recovers, and they hear of that: the whole program, with a clock that a test moves.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type Receiver, type SlackBody, serveSlack } from "../support/receivers/webhooks.ts";
import { startTwoApps } from "../support/two-apps.ts";
import { until } from "../support/until.ts";

const MINUTE_MS = 60_000;

let slack: Receiver<SlackBody>;
let app: TestApp;
const clock = { aheadMs: 0 };

beforeAll(async () => {
  slack = serveSlack();
  app = await startTestApp({
    config: `
gateway:
  attempts_max: 1
alerts:
  interval: 100ms
  default_rules: { signal_lag: false }
  slos:
    calls: { objective: { kind: availability }, target: 99, per: [route] }
  channels:
    ops: { kind: slack, url: "env:SLACK_URL" }
    void: { kind: slack, url: "env:VOID_URL" }
  notify: { channels: [ops], group_wait: 0, group_interval: 0 }
  delivery: { poll: 50ms }
`,
    env: { SLACK_URL: `${slack.url}/services/a/b/c`, VOID_URL: "http://127.0.0.1:1/" },
    world: { nowMs: () => Date.now() + clock.aheadMs },
  });
});
afterAll(async () => {
  await app.close();
  await slack.close();
});

const route = (target: string) => app.client.routes.put({ name: "ship", plan: { targets: [target] } });

async function call(count: number): Promise<number[]> {
  const body = { model: "ship", max_tokens: 2, stream: true, messages: [{ role: "user", content: "Hello" }] };
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const response = await app.chat(body);
    await response.text();
    statuses.push(response.status);
  }
  return statuses;
}

const titles = () => slack.heard.map(({ body }) => body.text);
const isHeard = (words: string) => until(() => titles().some((title) => title.includes(words)));
const firing = async () =>
  (await app.client.alerts.list()).alerts.filter(({ state }) => state === "firing").map(({ rule }) => rule);

describe("a vendor that fails", () => {
  test("is noticed and told, as errors and as a budget that burns", async () => {
    await route("sim/sim-large");
    await call(10);
    await route("sim/sim-small?error=500:1");
    expect((await call(30)).every((status) => status >= 500)).toBe(true);
    await isHeard("Firing: error_spike (route ship)");
    // By then long stretches are counted anew.
    clock.aheadMs += 3 * MINUTE_MS;
    await isHeard("slo_burn");
    // Its sums hear of the last calls a little after the first of them.
    await until(async () => {
      const [series] = (await app.client.slos.get({ name: "calls" })).series;
      return series?.bad === 30 && series.burns[2]?.burning === true;
    });
    expect(slack.refused).toEqual([]);
    expect(new Set(await firing())).toEqual(new Set(["error_spike", "slo_burn"]));
    const slo = await app.client.slos.get({ name: "calls" });
    expect(slo).toMatchObject({ source: "config", error: null, series: [{ labels: { route: "ship" }, bad: 30 }] });
    expect(slo.series[0]?.budget_left).toBeLessThan(0);
    expect(slo.series[0]?.burns.map(({ burning }) => burning)).toEqual([true, true, true]);
  });

  test("and recovers is told to have recovered", async () => {
    await route("sim/sim-large");
    clock.aheadMs += 40 * MINUTE_MS;
    expect(new Set(await call(30))).toEqual(new Set([200]));
    // It must be well for two minutes before it is over.
    await until(async () => {
      const { alerts } = await app.client.alerts.list();
      return alerts.find(({ rule }) => rule === "error_spike")?.value === 0;
    });
    clock.aheadMs += 3 * MINUTE_MS;
    await isHeard("Resolved: error_spike (route ship)");
    await until(() => titles().some((title) => /resolved|Resolved/.test(title) && title.includes("slo_burn")));
    const { entries } = await app.client.alerts.history({ rule: "error_spike", limit: 10 });
    expect(entries.map(({ from, to }) => `${from} ${to}`)).toEqual(["firing resolved", "well firing"]);
    expect(await firing()).not.toContain("error_spike");
    await until(async () => {
      const { deliveries } = await app.client.alerts.deliveries.list({ limit: 50 });
      const all = new Set(deliveries.map(({ state, channel }) => `${channel} ${state}`));
      return all.size === 1 && all.has("ops sent");
    });
  });
});

describe("by API", () => {
  test("an objective is made, measured, changed and deleted", async () => {
    const spec = { objective: { kind: "latency", within: "10m" }, target: 95, of: { route: "ship" } };
    expect(await app.client.slos.put({ name: "quick", spec })).toMatchObject({ source: "api", objective: "latency" });
    await until(async () => (await app.client.slos.get({ name: "quick" })).series.length > 0);
    const { series } = await app.client.slos.get({ name: "quick" });
    expect(series[0]).toMatchObject({ labels: {}, budget_left: 1 });
    const changed = await app.client.slos.put({ name: "quick", spec: { ...spec, target: 50 } });
    expect(changed).toMatchObject({ target: 50, changed_by: { key_name: "first admin key" } });
    expect(await app.client.slos.delete({ name: "quick" })).toEqual({ deleted: "quick" });
    await expect(app.client.slos.get({ name: "quick" })).rejects.toMatchObject({ code: "alerts.not_found" });
  });

  test.each([
    ["first tokens", { kind: "first_token", within: "10m" }, []],
    ["cost", { kind: "cost", usd: 1000 }, []],
    ["kinds of errors", { kind: "error_kind", outcomes: ["refused"] }, []],
    ["durations, by model", { kind: "latency", within: "10m" }, ["model"]],
  ])("an objective of %s is measured over the record", async (_, objective, per) => {
    await app.client.slos.put({ name: "it", spec: { objective, target: 95, of: { route: ["ship"] }, per } });
    await until(async () => ((await app.client.slos.get({ name: "it" })).series[0]?.good ?? 0) > 0);
    const { series, error } = await app.client.slos.get({ name: "it" });
    expect({ error, bad: series[0]?.bad }).toEqual({ error: null, bad: 0 });
    expect(Object.keys(series[0]?.labels ?? {})).toEqual(per);
    await app.client.slos.delete({ name: "it" });
    await until(async () => (await app.client.slos.list()).slos.every(({ name }) => name !== "it"));
  });

  test("a rule is made, fires and is told; its deletion is told to be its end", async () => {
    const spec = { kind: "cost", usd: 1e-9, every: "month" };
    await app.client.alerts.rules.put({ name: "dear", spec });
    await isHeard("Firing: dear");
    await until(async () => (await app.client.alerts.rules.get({ name: "dear" })).series === 1);
    const { alerts } = await app.client.alerts.list();
    const alert = alerts.find(({ rule }) => rule === "dear");
    expect(alert).toMatchObject({ state: "firing", unit: "usd_micros", threshold: 0, silenced_by: [] });
    await app.client.alerts.rules.delete({ name: "dear" });
    await isHeard("Resolved: dear");
    const over = await app.client.alerts.get({ id: alert?.id ?? "" });
    expect(over).toMatchObject({ state: "resolved", reason: "gone" });
  });

  test("a silence keeps what fires from being told, until it is ended", async () => {
    const until_ms = Date.now() + clock.aheadMs + 60 * MINUTE_MS;
    const matchers = [{ name: "rule", values: ["hush*"] }];
    const silence = await app.client.alerts.silences.create({ matchers, until_ms, comment: "a test" });
    await app.client.alerts.rules.put({ name: "hushed", spec: { kind: "cost", usd: 1e-9, every: "month" } });
    await until(async () => (await firing()).includes("hushed"));
    const { alerts } = await app.client.alerts.list();
    expect(alerts.find(({ rule }) => rule === "hushed")?.silenced_by).toEqual([silence.id]);
    expect(titles().join()).not.toContain("hushed");
    expect((await app.client.alerts.silences.list()).silences).toMatchObject([{ comment: "a test" }]);
    await app.client.alerts.silences.delete({ id: silence.id });
    await isHeard("Firing: hushed");
    await app.client.alerts.rules.delete({ name: "hushed" });
    await expect(app.client.alerts.silences.delete({ id: silence.id })).rejects.toMatchObject({ status: 404 });
  });

  test("a channel is tested at once, and says why it does not work", async () => {
    expect(await app.client.alerts.channels.test({ name: "ops" })).toEqual({
      delivered: true,
      status: null,
      detail: "ok",
    });
    // Other messages may come beside it.
    expect(titles().join()).toContain("A test by Binnacle");
    expect(await app.client.alerts.channels.test({ name: "void" })).toMatchObject({ delivered: false, status: null });
    await expect(app.client.alerts.channels.test({ name: "opps" })).rejects.toMatchObject({ status: 404 });
    const { channels } = await app.client.alerts.channels.list();
    expect(channels).toEqual([
      { name: "ops", kind: "slack", by_default: true },
      { name: "void", kind: "slack", by_default: false },
    ]);
  });

  test.each([
    ["an unknown kind", { kind: "spike" }, /kind/],
    ["an unknown key", { kind: "cost", usd: 1, evry: "day" }, /unknown key "evry": did you mean "every"/],
    ["a channel that is not there", { kind: "cost", usd: 1, channels: ["opps"] }, /channels\.0: there is no channel/],
    ["a rate above one", { kind: "error_spike", rate: 2 }, /rate/],
    ["a bound to clear above the other", { kind: "error_spike", rate: 0.1, clear_rate: 0.2 }, /clear_rate/],
    ["more than it may be long", { kind: "cost", usd: 1, description: "x".repeat(20_000) }, /definition_bytes_max/],
  ])("a rule with %s is refused", async (_, spec, words) => {
    const put = app.client.alerts.rules.put({ name: "bad", spec });
    await expect(put).rejects.toMatchObject({
      code: "alerts.invalid",
      status: 400,
      message: expect.stringMatching(words),
    });
  });

  test("names are checked, and those of the configuration are not taken", async () => {
    const spec = { kind: "cost", usd: 1 };
    await expect(app.client.alerts.rules.put({ name: "a b", spec })).rejects.toMatchObject({ code: "alerts.invalid" });
    await expect(app.client.alerts.rules.put({ name: "error_spike", spec })).rejects.toMatchObject({ status: 409 });
    const slo = { objective: { kind: "availability" }, target: 99 };
    await expect(app.client.slos.put({ name: "calls", spec: slo })).rejects.toMatchObject({ code: "alerts.in_config" });
    await expect(app.client.slos.put({ name: "x", spec: { ...slo, target: 100 } })).rejects.toMatchObject({
      status: 400,
    });
    await expect(app.client.alerts.history({ cursor: "x", limit: 1 })).rejects.toMatchObject({ status: 404 });
    const past = { matchers: [{ name: "rule", values: ["x"] }], until_ms: 1, comment: "x" };
    await expect(app.client.alerts.silences.create(past)).rejects.toMatchObject({ code: "alerts.silence_over" });
  });

  test("only an admin changes anything", async () => {
    const { secret } = await app.client.keys.create({ name: "reader", scopes: ["read"] });
    const reader = createClient({ url: app.url, key: secret });
    expect((await reader.alerts.rules.list()).rules.length).toBeGreaterThan(0);
    const forbidden = { status: 403 };
    await expect(reader.alerts.rules.put({ name: "x", spec: {} })).rejects.toMatchObject(forbidden);
    await expect(reader.slos.delete({ name: "x" })).rejects.toMatchObject(forbidden);
    await expect(reader.alerts.channels.test({ name: "ops" })).rejects.toMatchObject(forbidden);
    const silence = { matchers: [{ name: "rule", values: ["*"] }], until_ms: 8e15, comment: "x" };
    await expect(reader.alerts.silences.create(silence)).rejects.toMatchObject(forbidden);
  });
});

test("of two processes one looks at the rules, and the other does when it is gone", async () => {
  const both = await startTwoApps("alerts: { interval: 100ms, lease: 1s }\n");
  const [first, second] = both.apps;
  const other = createClient({ url: second.url, key: first.key });
  const evaluatedAt = async (): Promise<number> => (await other.alerts.list()).evaluation.evaluated_at_ms ?? 0;
  await until(async () => (await evaluatedAt()) > 0);
  await first.close();
  const closedAtMs = Date.now();
  await until(async () => (await evaluatedAt()) > closedAtMs);
  await second.close();
  await both.database.close();
});
