// Limits of models hold for each of the targets that one call asks.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { type ScriptedVendor, startScriptedVendor } from "../../support/vendors/scripted.ts";
import { until } from "../../support/until.ts";
import { ask, recordOf } from "./callers.fixture.ts";

let app: TestApp;
let vendor: ScriptedVendor;
const price = "{ input_usd_per_million: 1000, output_usd_per_million: 1000 }";

beforeAll(async () => {
  vendor = startScriptedVendor({});
  app = await startTestApp({
    config: `
providers:
  vendors: { acme: { kind: openai-compatible, base_url: "${vendor.url}", models: [a, b, c] } }
  prices: { acme/a: ${price}, acme/b: ${price}, acme/c: ${price} }
gateway:
  routes:
    voted: { strategy: ensemble, targets: [acme/a, acme/b] }
    alone: { strategy: ensemble, targets: [acme/b, acme/b] }
governance:
  budgets: [{ of: model, name: acme/a, usd: 100 }]
  limits: [{ of: model, name: acme/b, requests: 2, tokens: 100000 }]
`,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

test("a member without room is left out, on record, and the others answer", async () => {
  for (const model of ["a", "b"]) vendor.script(model, { says: "Paris" });
  const ids: string[] = [];
  for (let each = 0; each < 4; each += 1) {
    const { status, id } = await ask(app, "voted");
    expect(status).toBe(200);
    ids.push(id);
  }
  expect(vendor.asked.filter(({ model }) => model === "b")).toHaveLength(2);
  const last = await recordOf(app, ids[3]);
  expect(last.decision).toContain("acme/a");
  expect(last.attempts.toSorted((one, other) => (one.target < other.target ? -1 : 1))).toMatchObject([
    { target: "acme/a", role: "member", outcome: "ok" },
    { target: "acme/b", role: "member", outcome: "error", error: { code: "governance.limit_reached" } },
  ]);
  const refused = await ask(app, "alone");
  expect(refused.status).toBe(429);
  expect(refused.text).toContain("The model acme/b has reached its limit of 2 requests every minute");
});

test("each target's budget and tokens are charged what it came to by itself", async () => {
  const spentOf = async (start: string) =>
    (await app.client.budgets({})).budgets.find(({ id }) => id.startsWith(start))?.spent ?? 0;
  await until(async () => (await spentOf("usd/month/model/acme/a")) >= 4 * 110_000);
  expect(await spentOf("usd/month/model/acme/a")).toBe(4 * 110_000);
  expect(await spentOf("tokens/minute/model/acme/b")).toBe(2 * 110);
});
