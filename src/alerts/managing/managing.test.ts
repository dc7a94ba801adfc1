// Bounds, and what people are told when they reach them or when the database is away.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { alertsConfigSchema } from "../config.ts";
import { type Bench, NOON_MS, startBench } from "../alerts.fixture.ts";
import { alertsErrors } from "../errors.ts";
import { createRules, createSlos } from "./manage-definitions.ts";
import { createSilences } from "./manage-silences.ts";
import { createAlertReader } from "./read-alerts.ts";
import { createWithDatabase } from "../../storage/index.ts";

const BY = { keyId: "k", keyName: "ada" };
const given = {
  definitions_max: 2,
  silences_max: 2,
  series_max: 3,
  alerts_per_rule_max: 2,
  rules: { mine: { kind: "cost", usd: 1 } },
  default_rules: { error_spike: false, slo_burn: false, drift: false, signal_lag: false },
};

let bench: Bench;
let isThere = true;
beforeAll(async () => {
  bench = await startBench(given);
});
afterAll(() => bench.close());

function managing() {
  const { config, store } = bench;
  const withDatabase = createWithDatabase(() => isThere, alertsErrors.unavailable);
  const deps = { store, withDatabase, nowMs: () => NOON_MS };
  return {
    rules: createRules(config, deps),
    slos: createSlos(config, deps),
    silences: createSilences(config, { ...deps, store: store.silences }),
    reader: createAlertReader(deps),
  };
}

const rule = { kind: "cost", usd: 2 };
const slo = { objective: { kind: "availability" }, target: 99 };

test("rules of all sources stand in one list, each saying where it is from", async () => {
  const { rules } = managing();
  await rules.put("a", rule, BY);
  await rules.put("b", rule, BY);
  expect((await rules.list()).map(({ name, source }) => `${name} ${source}`)).toEqual([
    "budget_forecast default",
    "mine config",
    "a api",
    "b api",
  ]);
});

test("there are at most so many made by API, and one that is there can still be changed", async () => {
  const { rules, slos } = managing();
  await expect(rules.put("c", rule, BY)).rejects.toMatchObject({ code: "alerts.full", status: 409 });
  expect(await rules.put("b", { ...rule, usd: 3 }, BY)).toMatchObject({
    spec: { usd: 3 },
    changed_by: { key_name: "ada" },
  });
  // Objectives have a bound of their own.
  expect(await slos.put("a", slo, BY)).toMatchObject({ target: 99, window_ms: 30 * 86_400_000 });
  await rules.remove("b");
  await rules.put("c", rule, BY);
});

test("what is not there is named with what is nearest", async () => {
  const { rules, slos } = managing();
  await expect(rules.remove("mines")).rejects.toMatchObject({
    message: 'There is no rule "mines". Did you mean "mine"?',
  });
  await expect(slos.get("b")).rejects.toMatchObject({ code: "alerts.not_found" });
  await expect(rules.remove("mine")).rejects.toMatchObject({ code: "alerts.in_config" });
});

test("an objective of what is not kept together is refused, with what can be", async () => {
  const { slos } = managing();
  const put = slos.put("x", { ...slo, per: ["user"] }, BY);
  await expect(put).rejects.toMatchObject({ code: "alerts.invalid", message: expect.stringContaining("per.0") });
});

test("there are at most so many silences, those that are over not counted", async () => {
  const { silences } = managing();
  const make = (until_ms: number) =>
    silences.create({ matchers: [{ name: "rule", values: ["x"] }], until_ms, comment: "x" }, BY);
  await make(NOON_MS + 1000);
  const second = await make(NOON_MS + 2000);
  await expect(make(NOON_MS + 3000)).rejects.toMatchObject({ code: "alerts.full" });
  await silences.end(second.id);
  await expect(silences.end(second.id)).rejects.toMatchObject({ code: "alerts.not_found" });
  await expect(silences.end("no id at all")).rejects.toMatchObject({ code: "alerts.not_found" });
  expect((await make(NOON_MS + 3000)).created_by).toEqual({ key_id: "k", key_name: "ada" });
});

test("names that callers invent make no more series, and no more alerts, than may be", async () => {
  const { sources, clock, store } = bench;
  await store.definitions.put(
    "rule",
    { name: "each", spec: { kind: "cost", usd: 1e-6, per: ["user"] }, changedAtMs: 0, ...BY },
    9,
  );
  for (let index = 0; index < 500; index += 1)
    sources.records.push({ at_ms: clock.nowMs, key: { user: `u${index}` }, cost_usd_micros: 100 });
  await bench.evaluation.evaluate();
  expect((await store.evaluation.report())?.rules["each"]).toEqual({ series: 3, error: null });
  expect((await store.silences.open()).filter(({ rule: name }) => name === "each")).toHaveLength(2);
});

test("a rule that cannot be read says why, keeps its alerts, and does not keep others from being read", async () => {
  const { sources, clock, store } = bench;
  const { figures } = sources;
  const sums = figures.sums.bind(figures);
  figures.sums = (query) => (query.by.includes("user") ? Promise.reject(new Error("too wide")) : sums(query));
  clock.nowMs += 30_000;
  await bench.evaluation.evaluate();
  figures.sums = sums;
  const rules = (await store.evaluation.report())?.rules;
  expect([rules?.["each"]?.error, rules?.["mine"]?.error]).toEqual(["too wide", null]);
  expect((await store.silences.open()).filter(({ rule: name }) => name === "each")).toHaveLength(2);
});

test("history and messages are paged, and a cursor that is none is refused", async () => {
  const { reader } = managing();
  const first = await reader.history({ limit: 1 });
  expect(first.entries).toHaveLength(1);
  const second = await reader.history({ limit: 1, cursor: first.next_cursor ?? "" });
  expect(second.entries[0]?.id).not.toBe(first.entries[0]?.id);
  for (const cursor of ["x", "1'; drop table alerts_history"]) {
    await expect(reader.history({ limit: 1, cursor })).rejects.toMatchObject({ status: 404 });
    await expect(reader.deliveries.list({ limit: 1, cursor })).rejects.toMatchObject({ status: 404 });
  }
  await expect(reader.get("x")).rejects.toMatchObject({ code: "alerts.not_found" });
  await expect(reader.deliveries.retry("x")).rejects.toMatchObject({ code: "alerts.not_found" });
});

test("while the database is away everybody is told so, with when to come again", async () => {
  const { rules, slos, silences, reader } = managing();
  isThere = false;
  const away = { code: "alerts.unavailable", status: 503, retryAfterMs: 1000 };
  for (const asked of [rules.list(), slos.put("x", slo, BY), silences.list(), reader.list(), rules.remove("a")])
    await expect(asked).rejects.toMatchObject(away);
  isThere = true;
});

describe("the configuration", () => {
  test.each([
    ["a channel that is not there", { notify: { channels: ["x"] } }, "notify.channels.0"],
    ["one in a rule", { rules: { a: { kind: "cost", usd: 1, channels: ["x"] } } }, "rules.a.channels.0"],
    ["a name with a space", { slos: { "a b": slo } }, "slos.a b"],
    ["a target of a hundred", { slos: { a: { ...slo, target: 100 } } }, "slos.a.target"],
    ["a window of an hour", { slos: { a: { ...slo, window: "1h" } } }, "slos.a.window"],
    [
      "a password without a user",
      { channels: { a: { kind: "email", host: "h", from: "a@b.c", to: ["a@b.c"], password: "env:X" } } },
      "channels.a",
    ],
    [
      "a secret in the clear",
      { channels: { a: { kind: "slack", url: "https://hooks.slack.com/x" } } },
      "channels.a.url",
    ],
    ["a default rule that is none", { default_rules: { cost: true } }, "default_rules"],
  ])("with %s is refused", (_, config, where) => {
    const paths = alertsConfigSchema.safeParse(config).error?.issues.map(({ path }) => path.join("."));
    expect(paths).toEqual([where]);
  });
});
