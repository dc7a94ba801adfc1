// Budgets and limits as callers meet them: two processes on one database, and nothing beyond the cap.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { until, untilFound } from "../support/until.ts";
import { startTwoApps, type TwoApps } from "../support/two-apps.ts";

const config = `
providers:
  sim: { price: { input_usd_per_million: 1000, output_usd_per_million: 1000 } }
  prices: { sim/sim-large: { input_usd_per_million: 1000, output_usd_per_million: 100000 } }
  models: { sim/sim-instant: { context_tokens: 10000 } }
  vendors: { unpriced: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: [m] } }
gateway:
  routes: { dear-first: { targets: [sim/sim-large, sim/sim-instant] } }
governance:
  budgets:
    - { of: team, name: core, usd: 3 }
    - { of: team, name: poor, usd: 0.001 }
    - { of: team, name: warned, usd: 100, soft_usd: 0.05 }
    - { of: team, name: brief, usd: 0.2, when_short: lower_max_tokens }
    - { of: team, name: modest, usd: 1, when_short: cheaper_target }
    - { of: organisation, usd: 1000000 }
  limits:
    - { of: team, name: quick, requests: 10 }
    - { of: team, name: wordy, tokens: 500 }
    - { of: team, name: told, requests: 50, tokens: 9000 }
    - { of: team, name: narrow, calls_in_flight: 2 }
`;

let apps: TwoApps["apps"];
let database: TwoApps["database"];
let close: TwoApps["close"];
const PAUSE_MS = 50;

beforeAll(async () => {
  ({ apps, database, close } = await startTwoApps(config));
});

afterAll(() => close());

async function keyOf(team: string): Promise<string> {
  return (await apps[0].client.keys.create({ name: team, team })).secret;
}

const body = { model: "sim/sim-instant", max_tokens: 50, messages: [{ role: "user", content: "Say something." }] };

/** One call after the other and many at once, at both processes in turn. */
async function callAll(key: string, count: number, more: object = {}) {
  const responses = await Promise.all(
    Array.from({ length: count }, (_, index) => apps[index % 2 ? 1 : 0].chat({ ...body, ...more }, { key })),
  );
  await Promise.all(responses.map((response) => response.clone().text()));
  return responses;
}

const statuses = (responses: readonly Response[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** What the calls of a team came to by the record, once all of it is in the database. */
async function spentBy(team: string, calls: number): Promise<number> {
  return untilFound(async () => {
    const { rows } = await database.storage.pool.query(
      "select count(*)::int as calls, coalesce(sum(cost_usd_micros), 0)::bigint as micros from ledger_records where data->'who'->>'team' = $1",
      [team],
    );
    return rows[0].calls >= calls && Number(rows[0].micros);
  }, PAUSE_MS);
}

describe("a budget", () => {
  test("is never passed, by calls of any kind at two processes; and its books agree with the record", async () => {
    const key = await keyOf("core");
    const whole = await callAll(key, 40);
    const streamed = await callAll(key, 40, { stream: true });
    const all = statuses([...whole, ...streamed]);
    expect(all["200"]).toBeGreaterThan(0);
    expect(all["402"]).toBeGreaterThan(0);
    expect(Object.keys(all).sort()).toEqual(["200", "402"]);
    const spent = await spentBy("core", 80);
    expect(spent).toBeLessThanOrEqual(3_000_000);
    // Its books come to agree with the record.
    await untilFound(async () => {
      const { rows } = await database.storage.pool.query(
        "select sum(spent)::bigint as spent from leases_leases where id = 'usd/month/team/core'",
      );
      return Number(rows[0].spent) === spent;
    }, PAUSE_MS);
  });

  test("that is short says what is left, what was needed and when it renews, in the caller's dialect", async () => {
    const key = await keyOf("poor");
    const response = await apps[0].chat(body, { key });
    expect(response.status).toBe(402);
    const { error } = (await response.json()) as { error: { message: string; code: string } };
    expect(error.code).toBe("governance.budget_short");
    expect(error.message).toMatch(
      /team poor \(\$0\.001000 every month\) has \$0\.001000 left, and this call may cost up to/,
    );
    expect(error.message).toMatch(/renews at \d{4}-\d{2}-01T00:00:00/);
    const anthropic = await fetch(`${apps[0].url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(anthropic.status).toBe(402);
    expect(await anthropic.json()).toMatchObject({
      type: "error",
      error: { message: expect.stringContaining("team poor") },
    });
  });

  test("may shorten an answer to what can be paid, and says so", async () => {
    const key = await keyOf("brief");
    const response = await apps[0].chat({ ...body, max_tokens: 500 }, { key });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-binnacle-dropped")).toBe("max_tokens");
    const { usage } = (await response.json()) as { usage: { completion_tokens: number } };
    expect(usage.completion_tokens).toBeLessThan(120);
    const record = await apps[0].client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
    expect(record.dropped).toEqual([
      expect.stringMatching(/^max_tokens: lowered to \d+: the team brief has \$0\.200000 left/),
    ]);
    expect(record.budget?.held_usd_micros).toBeLessThanOrEqual(200_000);
    // What is left then would pay for hardly a word.
    for (let call = 0; call < 5; call += 1) await apps[0].chat({ ...body, max_tokens: 500 }, { key });
    expect((await apps[0].chat(body, { key })).status).toBe(402);
  });

  test("warns from its soft bound on", async () => {
    const key = await keyOf("warned");
    const warned = async () => (await apps[0].chat(body, { key })).headers.get("x-binnacle-budget-warning");
    expect(await warned()).toBeNull();
    // What was spent is told once a second.
    expect(await untilFound(warned, PAUSE_MS)).toMatch(/^team warned: \$\d+\.\d+ of \$100\.00 spent$/);
  });

  test("may ask a cheaper target, and says why the dear one was passed over", async () => {
    const key = await keyOf("modest");
    const response = await apps[0].chat({ ...body, model: "dear-first" }, { key });
    expect(response.status).toBe(200);
    const record = await apps[0].client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
    expect(record.answer?.target).toBe("sim/sim-instant");
    expect(record.considered).toMatchObject([
      {
        target: "sim/sim-large",
        chosen: false,
        reason: expect.stringContaining("too dear, the team modest has $1.00 left"),
      },
      { target: "sim/sim-instant", chosen: true },
    ]);
  });

  test("shows what became of it", async () => {
    const { budgets } = await apps[0].client.budgets({});
    const core = budgets.find(({ id }) => id === "usd/month/team/core");
    expect(core).toMatchObject({ whose: "team core", unit: "usd_micros", every: "month", cap: 3_000_000 });
    expect((core?.spent ?? 0) + (core?.held ?? 0) + (core?.left ?? 0)).toBe(3_000_000);
    expect(core?.renews_at_ms).toBeGreaterThan(Date.now());
  });

  test("does not pay for a model without a price, nor for an answer without a bound", async () => {
    const key = await keyOf("core");
    const unpriced = await apps[0].chat({ ...body, model: "unpriced/m" }, { key });
    expect(unpriced.status).toBe(402);
    expect(await unpriced.text()).toContain("governance.unpriced");
  });
});

describe("a limit", () => {
  test("on requests holds over two processes, and says when to come again", async () => {
    const responses = await callAll(await keyOf("quick"), 30);
    expect(statuses(responses)).toEqual({ "200": 10, "429": 20 });
    const refused = responses.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused?.text()).toContain("limit of 10 requests every minute");
  });

  test("tells what is left, as OpenAI's headers do", async () => {
    const { headers } = await apps[0].chat(body, { key: await keyOf("told") });
    expect(headers.get("x-ratelimit-limit-requests")).toBe("50");
    expect(Number(headers.get("x-ratelimit-remaining-requests"))).toBeLessThan(50);
    expect(headers.get("x-ratelimit-reset-requests")).toMatch(/^\d\.\d{3}s$/);
    expect(headers.get("x-ratelimit-limit-tokens")).toBe("9000");
  });

  test("on tokens counts what was used, not what was held", async () => {
    const key = await keyOf("wordy");
    for (let call = 0; call < 3; call += 1) expect((await apps[call % 2 ? 1 : 0].chat(body, { key })).status).toBe(200);
    expect(await (await apps[0].chat({ ...body, max_tokens: 600 }, { key })).text()).toContain(
      "500 tokens every minute",
    );
  });

  test("on calls in flight gives a place back when a call ends", async () => {
    const key = await keyOf("narrow");
    const hangingUp = new AbortController();
    // Those that are let in stay until their callers hang up.
    const slow = { ...body, model: "sim/sim-instant?first_token_ms=300000" };
    const refused: number[] = [];
    const calls = Array.from({ length: 20 }, (_, index) =>
      apps[index % 2 ? 1 : 0].chat(slow, { key, signal: hangingUp.signal }).then(
        ({ status }) => void refused.push(status),
        () => undefined,
      ),
    );
    await until(() => refused.length >= 18);
    hangingUp.abort();
    await Promise.all(calls);
    expect(refused.filter((status) => status !== 429)).toEqual([]);
    for (const app of apps) await until(async () => (await app.chat(body, { key })).status === 200);
    for (let turn = 0; turn < 5; turn += 1) expect((await apps[1].chat(body, { key })).status).toBe(200);
  });
});
