// Limits of what is asked, and of where from: they hold for the target that is really asked, over two processes.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CallRecord } from "../../src/ledger/contract.ts";
import { startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { untilFound } from "../support/until.ts";

const config = `
interfaces: { trusted_proxies: [127.0.0.1] }
providers:
  sim: { price: { input_usd_per_million: 1000, output_usd_per_million: 1000 } }
  vendors:
    shy: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: [m] }
gateway:
  attempts_max: 2
  routes:
    narrow-first: { targets: ["sim/sim-small?tokens=3", sim/sim-instant] }
    narrow-many: { targets: ["sim/sim-small?tokens=7&first_token_ms=5", sim/sim-instant] }
    narrow-only: { targets: ["sim/sim-small?tokens=4"] }
    shy-first: { targets: [shy/m, "sim/sim-small?tokens=6"] }
    counted: { targets: [sim/sim-instant] }
    poor-first: { targets: ["sim/sim-instant?tokens=2", sim/sim-instant] }
governance:
  budgets:
    - { of: model, name: "sim/sim-instant?tokens=2", usd: 0.17, every: ever }
  limits:
    - { of: model, name: "sim/sim-small?tokens=3", requests: 6 }
    - { of: model, name: "sim/sim-small?tokens=4", requests: 2 }
    - { of: model, name: "sim/sim-small?tokens=7&first_token_ms=5", requests: 9 }
    - { of: model, name: "sim/sim-small?tokens=6", requests: 1, every: day }
    - { of: model, name: counted, requests: 4 }
    - { of: vendor, name: shy, requests: 3, every: day }
    - { of: [key, model], name: ["*", "sim/sim-small?tokens=5"], requests: 2 }
    - { of: team, name: bursty, requests: 60, burst: 5 }
    - { of: ip, requests: 5, every: hour }
    - { of: ip, name: 127.0.0.1, requests: 10000, every: hour }
`;

let apps: TwoApps["apps"];
let close: TwoApps["close"];

beforeAll(async () => {
  ({ apps, close } = await startTwoApps(config));
});

afterAll(() => close());

const body = { max_tokens: 50, messages: [{ role: "user", content: "Say something." }] };

/** At both processes in turn, one after the other. */
async function callAll(model: string, count: number, options: { key?: string; headers?: Record<string, string> } = {}) {
  const responses: Response[] = [];
  for (let index = 0; index < count; index += 1) {
    const response = await apps[index % 2 ? 1 : 0].chat({ ...body, model }, { key: apps[0].key, ...options });
    await response.clone().text();
    responses.push(response);
  }
  return responses;
}

async function newKey(): Promise<string> {
  return (await apps[0].client.keys.create({ name: "limited" })).secret;
}

const targetsOf = (responses: readonly Response[]) => responses.map(({ headers }) => headers.get("x-binnacle-target"));
const statusesOf = (responses: readonly Response[]) => responses.map(({ status }) => status);

/** What a call left on record, as soon as it has arrived there. */
async function recordOf(response: Response | undefined): Promise<CallRecord> {
  const id = response?.headers.get("x-binnacle-call-id") ?? "";
  return untilFound(() => apps[0].client.calls.get({ id }).catch(() => undefined));
}

describe("a limit of a model", () => {
  test("sends calls to the next target of the route when it is used up, and says so on their records", async () => {
    const responses = await callAll("narrow-first", 10);
    expect(statusesOf(responses)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(targetsOf(responses).filter((target) => target === "sim/sim-small?tokens=3")).toHaveLength(6);
    expect(targetsOf(responses).slice(6)).toEqual(Array.from({ length: 4 }, () => "sim/sim-instant"));
    const last = await recordOf(responses[9]);
    expect(last.considered).toMatchObject([
      { chosen: false, reason: expect.stringContaining("has reached its limit of 6 requests every minute") },
      { target: "sim/sim-instant", chosen: true },
    ]);
    expect(last.attempts).toMatchObject([
      { target: "sim/sim-instant", reason: "the first that has room in its limits" },
    ]);
  });

  test("holds for many calls at once, at two processes, and refuses none that another target answers", async () => {
    const { key } = apps[0];
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        apps[index % 2 ? 1 : 0].chat({ ...body, model: "narrow-many", stream: index % 3 === 0 }, { key }),
      ),
    );
    await Promise.all(responses.map((response) => response.text()));
    expect(statusesOf(responses).filter((status) => status !== 200)).toEqual([]);
    expect(targetsOf(responses).filter((target) => target !== "sim/sim-instant")).toHaveLength(9);
  });

  test("refuses a call only when no target is left, with 429 and when to come again, and counts what was answered", async () => {
    const responses = await callAll("narrow-only", 4);
    expect(statusesOf(responses)).toEqual([200, 200, 429, 429]);
    expect(responses[0]?.headers.get("x-ratelimit-limit-requests")).toBe("2");
    expect(Number(responses[0]?.headers.get("x-ratelimit-remaining-requests"))).toBeLessThan(2);
    expect(Number(responses[2]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await responses[2]?.text()).toContain("The model sim/sim-small?tokens=4 has reached its limit");
    const refused = await recordOf(responses[2]);
    expect(refused).toMatchObject({ outcome: "refused", attempts: [] });
  });

  test("may be of a route, and counts a call once", async () => {
    expect(statusesOf(await callAll("counted", 6))).toEqual([200, 200, 200, 200, 429, 429]);
  });

  test("may be of each key", async () => {
    const [one, other] = [await newKey(), await newKey()];
    const model = "sim/sim-small?tokens=5";
    expect(statusesOf(await callAll(model, 3, { key: one }))).toEqual([200, 200, 429]);
    expect(statusesOf(await callAll(model, 3, { key: other }))).toEqual([200, 200, 429]);
  });
});

describe("a limit with a burst", () => {
  test("lets no more through at once, over two processes, says when the next may come, and lets it through then", async () => {
    const { secret: key } = await apps[0].client.keys.create({ name: "bursty", team: "bursty" });
    const begunMs = performance.now();
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        apps[index % 2 ? 1 : 0].chat({ ...body, model: "sim/sim-instant" }, { key }),
      ),
    );
    const tookMs = performance.now() - begunMs;
    const answered = responses.filter(({ status }) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(5);
    expect(answered).toBeLessThanOrEqual(5 + Math.ceil(tookMs / 1000) + 1);
    const refused = responses.find(({ status }) => status === 429);
    expect(await refused?.text()).toContain("The team bursty has reached its limit of 5 requests at once");
    const waitMs = Number(refused?.headers.get("retry-after-ms"));
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(5000);
    const again = await untilFound(async () => {
      const { status } = await apps[0].chat({ ...body, model: "sim/sim-instant" }, { key });
      return status !== 429 && status;
    }, 50);
    expect(again).toBe(200);
  });
});

describe("a limit of a vendor", () => {
  test("counts what failed, and holds for those that are asked after it", async () => {
    const responses = await callAll("shy-first", 5);
    // The vendor cannot be reached, and its stand-in has room for one.
    expect(statusesOf(responses)).toEqual([200, 502, 502, 429, 429]);
    const second = await recordOf(responses[1]);
    expect(second.attempts).toMatchObject([{ target: "shy/m", error: { code: "providers.vendor_unreachable" } }]);
    expect(second.considered.at(-1)?.reason).toContain("has reached its limit of 1 requests every day");
  });
});

describe("a budget of a model", () => {
  test("is never passed, and then the next target is asked", async () => {
    const targets = targetsOf(await callAll("poor-first", 12));
    expect(targets).toContain("sim/sim-instant?tokens=2");
    expect(targets.at(-1)).toBe("sim/sim-instant");
    const { budgets } = await apps[0].client.budgets({});
    const budget = budgets.find(({ id }) => id.startsWith("usd/ever/model/"));
    expect(budget).toMatchObject({ whose: "model sim/sim-instant?tokens=2", cap: 170_000 });
    expect(budget?.spent).toBeLessThanOrEqual(170_000);
  });
});

describe("a limit of an address", () => {
  test("cannot be escaped by what a caller writes into a header, nor by another address of its network", async () => {
    const from = (address: string) => ({ headers: { "x-forwarded-for": `10.9.8.${Math.random()}, ${address}` } });
    const responses: Response[] = [];
    for (let last = 1; last <= 8; last += 1)
      responses.push(...(await callAll("sim/sim-instant", 1, from(`2001:db8:0:7::${last}`))));
    expect(statusesOf(responses)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(await responses[7]?.text()).toContain("ip 2001:db8:0:7::/64 has reached its limit of 5 requests every hour");
    expect(statusesOf(await callAll("sim/sim-instant", 1, from("2001:db8:0:8::1")))).toEqual([200]);
  });
});
