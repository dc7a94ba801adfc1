// From figures to a message at a receiver, over a real database and with a clock that is moved by hand.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type Receiver, type SlackBody, serveSlack } from "../../test/support/receivers/webhooks.ts";
import { type Bench, NOON_MS, startBench } from "./alerts.fixture.ts";

const MINUTE_MS = 60_000;

let slack: Receiver<SlackBody>;
let bench: Bench;
beforeEach(() => {
  slack = serveSlack();
});
afterEach(async () => {
  await bench.close();
  await slack.close();
});

const off = { error_spike: false, slo_burn: false, signal_lag: false, budget_forecast: false };

async function start(more: Record<string, unknown> = {}): Promise<Bench> {
  bench = await startBench(
    {
      default_rules: off,
      rules: { errors: { kind: "error_spike", per: ["route"], keep_firing: "1m", description: "Look at the vendor." } },
      channels: { ops: { kind: "slack", url: "env:SLACK_URL" } },
      ...more,
    },
    { env: { SLACK_URL: `${slack.url}/services/T0/B0/x` } },
  );
  return bench;
}

/** So many calls a minute from now on, of which a part fails. */
function call(minutes: number, { failed = 0, route = "fast", perMinute = 20 } = {}): void {
  const { sources, clock } = bench;
  const stretch = { since_ms: clock.nowMs, until_ms: clock.nowMs + minutes * MINUTE_MS };
  const bad = Math.round(minutes * perMinute * failed);
  if (bad > 0) sources.add(bad, { key: { route, outcome: "failed" }, ...stretch });
  const good = minutes * perMinute - bad;
  if (good > 0) sources.add(good, { key: { route }, ...stretch });
}

const titles = () => slack.heard.map(({ body }) => body.text);

describe("an outage", () => {
  test("fires, is told once, and is told to be over", async () => {
    await start();
    call(10);
    await bench.pass(10 * MINUTE_MS);
    expect(slack.heard).toEqual([]);
    call(5, { failed: 1 });
    await bench.pass(5 * MINUTE_MS);
    expect(titles()).toEqual(["Firing: errors (route fast)"]);
    expect(slack.heard[0]?.path).toBe("/services/T0/B0/x");
    call(15);
    await bench.pass(15 * MINUTE_MS);
    expect(titles()).toEqual(["Firing: errors (route fast)", "Resolved: errors (route fast)"]);
    expect(slack.refused).toEqual([]);
    const history = await bench.store.silences.history({ limit: 10 });
    expect(history.map(({ from, to }) => `${from} ${to}`)).toEqual(["firing resolved", "well firing"]);
    expect(await bench.store.silences.open()).toEqual([]);
  });

  test("of two routes is told in one message, and again after the time to repeat", async () => {
    await start({ notify: { repeat: "1h" } });
    call(90, { failed: 0.5 });
    call(90, { failed: 0.5, route: "slow" });
    await bench.pass(10 * MINUTE_MS);
    expect(titles()).toEqual([expect.stringMatching(/^2 firing: errors \(route (fast|slow)\) and others$/)]);
    await bench.pass(75 * MINUTE_MS, 5 * MINUTE_MS);
    expect(titles()).toHaveLength(2);
  });

  test("is not told while it is silenced, but told to be over where it was told to be", async () => {
    await start();
    call(40, { failed: 1 });
    const silence = (id: string, fromMin: number, toMin: number) => ({
      id,
      matchers: [{ name: "route", values: ["fa*"] }],
      startsAtMs: NOON_MS + fromMin * MINUTE_MS,
      untilMs: NOON_MS + toMin * MINUTE_MS,
      comment: "known",
      createdAtMs: NOON_MS,
      keyId: "k",
      keyName: "ada",
    });
    const [first, second] = ["019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"];
    await bench.store.silences.insert(silence(first, 0, 10), 10);
    await bench.pass(9 * MINUTE_MS);
    expect(titles()).toEqual([]);
    await bench.pass(5 * MINUTE_MS);
    expect(titles()).toEqual(["Firing: errors (route fast)"]);
    await bench.store.silences.insert(silence(second, 14, 600), 10);
    await bench.pass(26 * MINUTE_MS);
    expect(titles()).toHaveLength(1);
    call(10);
    await bench.pass(10 * MINUTE_MS);
    expect(titles().at(-1)).toBe("Resolved: errors (route fast)");
    expect(titles()).toHaveLength(2);
  });
});

describe("processes", () => {
  test("look one at a time, and another takes over when the first is gone", async () => {
    await start();
    const other = bench.another();
    expect(await bench.evaluation.evaluate()).toBe(true);
    expect(await other.evaluate()).toBe(false);
    bench.clock.nowMs += bench.config.lease - 1;
    expect(await other.evaluate()).toBe(false);
    bench.clock.nowMs += 1;
    expect(await other.evaluate()).toBe(true);
    expect(await bench.evaluation.evaluate()).toBe(false);
    await other.release();
    expect(await bench.evaluation.evaluate()).toBe(true);
  });

  test("tell what the one before them saw begin", async () => {
    await start();
    call(5, { failed: 1 });
    await bench.pass(2 * MINUTE_MS, MINUTE_MS);
    const other = bench.another();
    bench.clock.nowMs += bench.config.lease;
    expect(await other.evaluate()).toBe(true);
    await bench.delivery.deliver();
    expect(titles()).toEqual(["Firing: errors (route fast)"]);
    expect(await bench.store.silences.history({ limit: 10 })).toHaveLength(1);
  });

  test("whose lease went to another in the middle of a look leave nothing behind", async () => {
    await start();
    call(5, { failed: 1 });
    bench.clock.nowMs += 4 * MINUTE_MS;
    const { figures } = bench.sources;
    const sums = figures.sums.bind(figures);
    figures.sums = async (query) => {
      bench.clock.nowMs += bench.config.lease;
      await bench.store.evaluation.hold("019a0000-0000-7000-8000-000000000009", bench.clock.nowMs, 60_000);
      return sums(query);
    };
    expect(await bench.evaluation.evaluate()).toBe(false);
    expect(await bench.store.silences.open()).toEqual([]);
    expect(await bench.store.outbox.count("waiting")).toBe(0);
  });
});
