// Messages that must arrive: receivers that are down, that ask for patience, that refuse; processes that die in between.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type Receiver, type SlackBody, serveSlack } from "../../../test/support/receivers/webhooks.ts";
import { type Bench, startBench } from "../alerts.fixture.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let slack: Receiver<SlackBody>;
let bench: Bench;
beforeEach(async () => {
  slack = serveSlack();
  bench = await startBench(
    {
      default_rules: { error_spike: false, slo_burn: false, signal_lag: false, budget_forecast: false },
      rules: { errors: { kind: "error_spike", per: ["route"] } },
      channels: { ops: { kind: "slack", url: "env:SLACK_URL" } },
      notify: { group_wait: 0, repeat: "off" },
    },
    { env: { SLACK_URL: slack.url } },
  );
});
afterEach(async () => {
  await bench.close();
  await slack.close();
});

/** Twenty calls a minute to a route that fail, or not. */
function call(minutes: number, outcome: "ok" | "failed"): void {
  const { clock, sources } = bench;
  const stretch = { since_ms: clock.nowMs, until_ms: clock.nowMs + minutes * MINUTE_MS };
  sources.add(minutes * 20, { key: { route: "fast", outcome }, ...stretch });
}

const titles = () => slack.heard.map(({ body }) => body.text);
const deliveries = () => bench.store.outbox.list({ limit: 50 });

test("a receiver that is down for an hour is told everything afterwards, once and in order", async () => {
  slack.isDown = true;
  call(10, "failed");
  await bench.pass(10 * MINUTE_MS);
  call(50, "ok");
  await bench.pass(50 * MINUTE_MS, MINUTE_MS);
  expect(titles()).toEqual([]);
  const [resolved, firing] = await deliveries();
  expect([resolved?.attempts, resolved?.state]).toEqual([0, "waiting"]);
  expect(firing).toMatchObject({ state: "waiting", lastStatus: 503, lastError: "the receiver is down" });
  expect(firing?.attempts).toBeGreaterThan(6);
  slack.isDown = false;
  await bench.pass(20 * MINUTE_MS, MINUTE_MS);
  expect(titles()).toEqual(["Firing: errors (route fast)", "Resolved: errors (route fast)"]);
  expect((await deliveries()).map(({ state }) => state)).toEqual(["sent", "sent"]);
});

test("a receiver that asks for patience by 429 is not asked before", async () => {
  slack.scripted.push(new Response("rate_limited", { status: 429, headers: { "retry-after": "120" } }));
  call(10, "failed");
  await bench.pass(2 * MINUTE_MS, 10_000);
  const [waiting] = await deliveries();
  expect(waiting).toMatchObject({ state: "waiting", attempts: 1, lastStatus: 429, lastError: "rate_limited" });
  bench.clock.nowMs = (waiting?.nextAtMs ?? 0) - 1;
  await bench.delivery.deliver();
  expect(titles()).toEqual([]);
  bench.clock.nowMs += 1;
  await bench.delivery.deliver();
  expect(titles()).toHaveLength(1);
});

test("a refusal for good is a dead letter at once, seen, and sent when asked again", async () => {
  slack.scripted.push(new Response("invalid_payload", { status: 400 }));
  call(10, "failed");
  await bench.pass(2 * MINUTE_MS);
  const [dead] = await deliveries();
  expect(dead).toMatchObject({ state: "dead", attempts: 1, lastStatus: 400, lastError: "invalid_payload" });
  expect(await bench.store.outbox.count("dead")).toBe(1);
  expect(await bench.store.outbox.retry(dead?.id ?? "", bench.clock.nowMs)).toBe(true);
  await bench.delivery.deliver();
  expect(titles()).toHaveLength(1);
  expect(await bench.store.outbox.retry(dead?.id ?? "", bench.clock.nowMs)).toBe(false);
});

test("a message that nobody took within a day is given up", async () => {
  slack.isDown = true;
  call(5, "failed");
  await bench.pass(2 * MINUTE_MS);
  for (let tries = 0; tries < 300; tries += 1) {
    const [waiting] = await bench.store.outbox.list({ limit: 1, state: "waiting" });
    if (!waiting) break;
    bench.clock.nowMs = waiting.nextAtMs;
    await bench.delivery.deliver();
  }
  const [dead] = await deliveries();
  expect(dead?.state).toBe("dead");
  expect((dead?.endedAtMs ?? 0) - (dead?.createdAtMs ?? 0)).toBeWithin(23 * HOUR_MS, 24 * HOUR_MS + 1);
});

describe("a process that dies", () => {
  test("before the receiver was asked leaves the message to another, when its claim lapses", async () => {
    call(5, "failed");
    bench.clock.nowMs += 2 * MINUTE_MS;
    await bench.evaluation.evaluate();
    const { nowMs } = bench.clock;
    const claim = "019a0000-0000-7000-8000-000000000001";
    expect(await bench.store.outbox.claim({ claim, nowMs, leaseMs: MINUTE_MS, limit: 10 })).toHaveLength(1);
    await bench.delivery.deliver();
    expect(titles()).toEqual([]);
    bench.clock.nowMs += MINUTE_MS;
    await bench.delivery.deliver();
    expect(titles()).toHaveLength(1);
    // Late news of the first changes nothing.
    const [sent] = await deliveries();
    await bench.store.outbox.giveUp({ id: sent?.id ?? "", claim, nowMs, status: null, why: "too late" });
    expect((await deliveries())[0]?.state).toBe("sent");
  });

  test("between two that send at the same time leaves each message with one of them", async () => {
    for (const route of ["a", "b", "c", "d"])
      bench.sources.add(40, {
        key: { route, outcome: "failed" },
        since_ms: bench.clock.nowMs,
        until_ms: bench.clock.nowMs + 2 * MINUTE_MS,
      });
    bench.clock.nowMs += 2 * MINUTE_MS;
    await bench.evaluation.evaluate();
    await Promise.all([bench.delivery.deliver(), bench.delivery.deliver()]);
    expect(titles()).toHaveLength(1);
  });
});

test("while the outbox is full nothing is told, and what is so is told when there is room", async () => {
  await bench.close();
  bench = await startBench(
    {
      default_rules: { error_spike: false, slo_burn: false, signal_lag: false, budget_forecast: false },
      rules: { errors: { kind: "error_spike", per: ["route"] } },
      channels: { ops: { kind: "slack", url: "env:SLACK_URL" } },
      notify: { group_wait: 0, group_by: ["route"] },
      delivery: { outbox_max: 1, wait_max: "1m" },
    },
    { env: { SLACK_URL: slack.url } },
  );
  slack.isDown = true;
  call(10, "failed");
  await bench.pass(2 * MINUTE_MS);
  bench.sources.add(200, {
    key: { route: "slow", outcome: "failed" },
    since_ms: bench.clock.nowMs,
    until_ms: bench.clock.nowMs + 8 * MINUTE_MS,
  });
  await bench.pass(3 * MINUTE_MS);
  expect(await bench.store.outbox.count("waiting")).toBe(1);
  expect(await bench.store.silences.open()).toHaveLength(2);
  slack.isDown = false;
  await bench.pass(3 * MINUTE_MS);
  expect(titles()).toEqual(["Firing: errors (route fast)", "Firing: errors (route slow)"]);
});
