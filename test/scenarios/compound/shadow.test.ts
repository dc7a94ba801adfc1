// Shadows through the whole program: the caller gets their answer, the copy is on record, and nothing of it is felt.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startAppDatabase } from "../../support/app-database.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { ask, type CallMore, recordOf } from "./callers.fixture.ts";
import { until } from "../../support/until.ts";
import { type ScriptedVendor, startScriptedVendor } from "../../support/vendors/scripted.ts";

let app: TestApp;
let vendor: ScriptedVendor;

beforeAll(async () => {
  vendor = startScriptedVendor({
    real: { says: "Aye." },
    copy: { says: "Nay." },
    slow: { says: "At last.", isHeld: true },
    broken: {},
  });
  app = await startTestApp({
    config: `
providers:
  vendors: { acme: { kind: openai-compatible, base_url: "${vendor.url}", models: [real, copy, slow, broken, dear] } }
  prices:
    acme/real: { input_usd_per_million: 1000, output_usd_per_million: 1000 }
    acme/copy: { input_usd_per_million: 2000, output_usd_per_million: 2000 }
    acme/slow: { input_usd_per_million: 1000, output_usd_per_million: 1000 }
    acme/broken: { input_usd_per_million: 1000, output_usd_per_million: 1000 }
    acme/dear: { input_usd_per_million: 1000000, output_usd_per_million: 1000000 }
gateway:
  shadows_in_flight_max: 1
  cache: { enabled: true, routes: [kept] }
  routes:
    watched: { targets: [acme/real], shadow: [acme/copy] }
    never: { targets: [acme/real], shadow: [acme/copy], share: 0.000001 }
    slowly: { targets: [acme/real], shadow: [acme/slow] }
    badly: { targets: [acme/real], shadow: [acme/broken, acme/real] }
    dearly: { targets: [acme/real], shadow: [acme/dear] }
    kept: { targets: [acme/real], shadow: [acme/copy] }
    home: { targets: [{ target: acme/real, region: eu }], shadow: [acme/copy, { target: acme/broken, region: eu }] }
governance:
  budgets: [{ of: team, name: core, usd: 5 }]
  limits: [{ of: team, name: core, requests: 20, calls_in_flight: 1 }]
`,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

const call = (model: string, more: CallMore = {}) => ask(app, model, more);
const record = (id: string | null | undefined) => recordOf(app, id);

describe("a copy of a call", () => {
  test.each([false, true])("is on record by itself, with what it cost; streamed: %p", async (stream) => {
    const { id, text } = await call("watched", { body: { stream }, headers: { "x-binnacle-session": "s1" } });
    expect(text).toContain("Aye.");
    const parent = await record(id);
    const [shadow] = parent.shadows ?? [];
    expect(shadow).toEqual({ target: "acme/copy", call_id: expect.any(String), left_out: null });
    expect(parent.attempts).toHaveLength(1);
    expect(parent.cost.usd_micros).toBe(110_000);
    const copy = await record(shadow?.call_id);
    expect(copy).toMatchObject({
      shadow_of: id,
      model: "watched",
      stream,
      session: "s1",
      trace_id: parent.trace_id,
      parent_span_id: parent.span_id,
      route: { name: "shadow of watched", strategy: "shadow", reason: `a copy of the call ${id}` },
      answer: { target: "acme/copy" },
      cost: { usd_micros: 220_000 },
      outcome: "ok",
    });
    expect(copy.response_body?.text).toContain("Nay.");
  });

  test("is seldom sent where the share is small", async () => {
    expect((await record((await call("never")).id)).shadows).toBeUndefined();
  });

  test("is not waited for, and is left out while as many as may be are under way", async () => {
    const first = await record((await call("slowly")).id);
    await until(() => vendor.asked.at(-1)?.model === "slow");
    const second = await record((await call("slowly")).id);
    expect(second.shadows).toEqual([
      { target: "acme/slow", call_id: null, left_out: "as many copies as may be are under way (1)" },
    ]);
    vendor.letGo();
    expect(await record(first.shadows?.[0]?.call_id)).toMatchObject({ outcome: "ok" });
  });

  test("fails by itself, once; and who answered is not asked again", async () => {
    const { id, status } = await call("badly");
    expect(status).toBe(200);
    const { shadows } = await record(id);
    expect(shadows?.[1]).toEqual({ target: "acme/real", call_id: null, left_out: "it answered the call itself" });
    const copy = await record(shadows?.[0]?.call_id);
    expect(copy).toMatchObject({ outcome: "failed", attempts: [{ target: "acme/broken", status: 500 }] });
  });

  test("is not sent for an answer that was kept", async () => {
    const { shadows = [] } = await record((await call("kept")).id);
    await record(shadows[0]?.call_id);
    const again = await record((await call("kept")).id);
    expect(again.cache).toBe("hit");
    expect(again.shadows).toBeUndefined();
  });

  test("goes nowhere that the caller's data may not go", async () => {
    const { id } = await call("home", { headers: { "x-binnacle-region": "eu" } });
    const { shadows } = await record(id);
    expect(shadows?.[0]).toMatchObject({ target: "acme/copy", left_out: "the route does not say its region" });
    expect(shadows?.[1]).toMatchObject({ target: "acme/broken", left_out: null });
    await record(shadows?.[1]?.call_id);
  });
});

describe("under budgets and limits", () => {
  test("a copy is paid by its caller's budget, takes nothing of their limits, and is left out where money is short", async () => {
    const { secret: key } = await app.client.keys.create({ name: "core", team: "core" });
    const paid = await record((await call("watched", { key })).id);
    const copy = await record(paid.shadows?.[0]?.call_id);
    expect(copy.budget?.charged_usd_micros).toBe(220_000);
    // One call under way is all that this team may have.
    const besideOne = await call("slowly", { key });
    expect((await call("dearly", { key })).status).toBe(200);
    await until(() => vendor.asked.slice(-2).some(({ model }) => model === "slow"));
    vendor.letGo();
    await record((await record(besideOne.id)).shadows?.[0]?.call_id);
    const { id, status } = await call("dearly", { key });
    expect(status).toBe(200);
    const left = await record((await record(id)).shadows?.[0]?.call_id);
    expect(left).toMatchObject({ outcome: "refused", error: { code: "governance.budget_short" }, attempts: [] });
    expect(vendor.asked.some(({ model }) => model === "dear")).toBe(false);
  });
});

test("a copy that is under way when the process stops is ended, and on record", async () => {
  const database = await startAppDatabase();
  try {
    const stopped = await startTestApp({
      database,
      env: { BINNACLE_SECRET: "of both" },
      config: `
providers: { vendors: { acme: { kind: openai-compatible, base_url: "${vendor.url}", models: [real, slow] } } }
gateway: { routes: { slowly: { targets: [acme/real], shadow: [acme/slow] } } }
ledger: { close_timeout: 60s }
`,
    });
    vendor.asked.length = 0;
    const { id } = await ask(stopped, "slowly");
    await until(() => vendor.asked.length === 2);
    await stopped.close();
    const { rows } = await database.storage.pool.query(
      "select data from ledger_records where data->>'shadow_of' = $1",
      [id],
    );
    expect(rows[0]?.data).toMatchObject({ outcome: "cancelled", attempts: [{ target: "acme/slow" }] });
  } finally {
    vendor.letGo();
    await database.close();
  }
});
