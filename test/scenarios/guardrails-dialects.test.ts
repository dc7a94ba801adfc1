// Guardrails for callers of other dialects, and where findings are looked for afterwards.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";
import { type DictatedVendor, serveDictated } from "../support/vendors/dictated.ts";
import { serveStepwise, type StepwiseVendor } from "../support/vendors/stepwise.ts";

const EMAIL = "ada.lovelace@example.com";
const QUIET = "Some words before it. ".repeat(12);

let app: TestApp;
let vendor: DictatedVendor;
let stepwise: StepwiseVendor;

beforeAll(async () => {
  vendor = serveDictated();
  stepwise = serveStepwise();
  app = await startTestApp({
    config: `
providers:
  vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" }, w: { kind: openai-compatible, base_url: "${stepwise.url}" } }
gateway:
  attempts_max: 1
  routes: { masked: { targets: [v/m] }, blocked: { targets: [w/m] } }
guardrails:
  policies:
    hide: { applies_to: { routes: [masked] }, checks: [{ kinds: [email], mode: mask }] }
    refuse: { applies_to: { routes: [blocked] }, checks: [{ kinds: [email], mode: block }] }`,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
  await stepwise?.close();
});

const asks: [string, (model: string, content: string) => { path: string; body: object }][] = [
  [
    "anthropic-messages",
    (model, content) => ({
      path: "/v1/messages",
      body: { model, max_tokens: 100, stream: true, messages: [{ role: "user", content }] },
    }),
  ],
  ["openai-responses", (model, input) => ({ path: "/v1/responses", body: { model, input, stream: true } })],
  [
    "gemini",
    (model, text) => ({
      path: `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
      body: { contents: [{ role: "user", parts: [{ text }] }] },
    }),
  ],
];

function send({ path, body }: { path: string; body: object }): Promise<Response> {
  return fetch(`${app.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${app.key}` },
    body: JSON.stringify(body),
  });
}
const callIn = (response: Response) => app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });

describe.each(asks)("a caller of %s", (_, ask) => {
  test("gets back in a stream what was masked, and nobody else sees it", async () => {
    vendor.say("I wrote to [EMAIL_1] and to bob@host.example.");
    const response = await send(ask("masked", `Write to ${EMAIL}.`));
    const body = await response.text();
    expect(JSON.stringify(vendor.asked)).not.toContain(EMAIL);
    expect(body).toContain(EMAIL);
    expect(body).not.toContain("bob@");
    const record = await callIn(response);
    expect(JSON.stringify(record)).not.toMatch(/ada\.lovelace|bob@/);
    expect(record.guardrails.map(({ side, outcome }) => `${side} ${outcome}`)).toEqual([
      "input masked",
      "output masked",
    ]);
  });

  test("sees a stream end before what is blocked, with the reason", async () => {
    stepwise.say([QUIET, QUIET], ["It is ada.love", "lace@example.com, and more."]);
    const response = await send(ask("blocked", "Who?"));
    stepwise.goOn();
    const body = await response.text();
    expect(body).toContain("Some words before it.");
    expect(body).not.toMatch(/ada\.|lovelace|and more/);
    expect(await callIn(response)).toMatchObject({ outcome: "truncated", error: { code: "guardrails.blocked" } });
  });
});

test("a request in a vendor's own words is refused where a policy would hold something back", async () => {
  await app.reload(`
providers: { vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" } } }
guardrails: { policies: { all: { checks: [{ kinds: [email], mode: mask }] } } }`);
  const response = await fetch(`${app.url}/v/v1/anything`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${app.key}` },
    body: "{}",
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("cannot be looked at by the guardrails");
});

describe("afterwards", () => {
  test("calls are found by what was found in them, and it is counted", async () => {
    const findable = () => app.client.calls.list({ filter: "guardrail:email AND guardrail:blocked" });
    await until(async () => (await findable()).calls.length === asks.length);
    expect((await app.client.calls.list({ filter: "guardrail:card" })).calls).toEqual([]);
    const metrics = await (
      await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${app.key}` } })
    ).text();
    expect(metrics).toMatch(/binnacle_guardrail_findings_total\{policy="hide",outcome="masked",kind="email"\} 6/);
  });

  test("they are counted by kind, by what became of them and when, and by policy", async () => {
    const ask = (query: object = {}) => app.client.guardrails.findings(query);
    await until(async () => (await ask()).calls === 2 * asks.length);
    const { outcomes, kinds, findings, since_ms, until_ms } = await ask({ bucket: "hour" });
    expect(until_ms - since_ms).toBe(86_400_000);
    expect(kinds).toEqual([{ kind: "email", calls: 2 * asks.length }]);
    const became = (wanted: string) =>
      outcomes.filter(({ outcome }) => outcome === wanted).reduce((sum, { calls }) => sum + calls, 0);
    expect([became("masked"), became("blocked"), outcomes.length >= 2]).toEqual([asks.length, asks.length, true]);
    for (const { at_ms } of outcomes) expect((at_ms ?? 1) % 3_600_000).toBe(0);
    const said = findings.map(({ count, name, kind, outcome, side }) => `${count} ${name} ${kind} ${outcome} ${side}`);
    expect(said).toEqual(expect.arrayContaining(["3 hide email masked input", "3 hide email masked output"]));
    expect((await ask({ filter: "guardrail:blocked" })).findings.map(({ name }) => name)).toEqual(["refuse"]);
    expect(await ask({ until_ms: since_ms })).toMatchObject({ calls: 0, kinds: [], outcomes: [], findings: [] });
    for (const bad of [{ since_ms: 1, bucket: "minute" }, { since_ms: until_ms, until_ms }, { filter: "kind:(" }])
      expect(await ask(bad).catch((error: { status: number }) => error.status)).toBe(400);
    const listed = await runInTest(["guardrails", "findings", "--url", app.url, "--key", app.key], {
      nowMs: () => Date.now(),
      columns: 200,
    });
    expect(listed.stderr).toContain("Found in 6 calls");
    expect(listed.stdout).toMatch(/3 +email +masked +input +hide +v\n/);
  });

  test("a text can be tried, and what is there is listed", async () => {
    const { policies, detectors } = await app.client.guardrails.list();
    expect(policies.map(({ name }) => name)).toEqual(["all"]);
    expect(detectors.map(({ name }) => name)).toContain("secrets");
    const checked = await app.client.guardrails.check({ text: `Write to ${EMAIL}`, policy: "all" });
    expect(checked).toMatchObject({ outcome: "masked", text: "Write to [EMAIL]", findings: [{ kind: "email" }] });
    await expect(app.client.guardrails.check({ text: "x", policy: "none" })).rejects.toThrow(
      'no guardrail policy "none"',
    );
  });
});
