// Guardrails in the whole program: what vendors, callers and records get to see.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { serveStepwise, type StepwiseVendor } from "../support/vendors/stepwise.ts";
import { type DictatedVendor, serveDictated } from "../support/vendors/dictated.ts";

let app: TestApp;
let vendor: DictatedVendor;
let stepwise: StepwiseVendor;

const EMAIL = "ada.lovelace@example.com";

const config = (more = "") => `
providers:
  vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" }, w: { kind: openai-compatible, base_url: "${stepwise.url}" } }
gateway:
  attempts_max: 1
  cache: { enabled: true, routes: [masked] }
  routes: { masked: { targets: [v/m] }, blocked: { targets: [v/m] }, seen: { targets: [v/m] }, free: { targets: [v/m] }, stepwise: { targets: [w/m] } }
guardrails:
  policies:
    hide: { applies_to: { routes: [masked] }, checks: [{ kinds: [email], mode: mask }] }
    refuse: { applies_to: { routes: [blocked, stepwise] }, checks: [{ kinds: [email], mode: block }] }
    watch: { applies_to: { routes: [seen] }, checks: [{ kinds: [email], mode: observe }] }
${more}`;

beforeAll(async () => {
  vendor = serveDictated();
  stepwise = serveStepwise();
  app = await startTestApp({ config: config() });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
  await stepwise?.close();
});

const asking = (model: string, content: string, more: object = {}) => ({
  model,
  messages: [{ role: "user", content }],
  ...more,
});
const recordOf = (response: Response) => app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
const textIn = async (response: Response) =>
  ((await response.json()) as { choices: { message: { content: string } }[] }).choices[0]?.message.content;

function streamedText(body: string): string {
  return [...body.matchAll(/^data: (\{.*\})$/gm)]
    .map(([, json = ""]) => JSON.parse(json) as { choices?: { delta?: { content?: string } }[] })
    .map(({ choices }) => choices?.[0]?.delta?.content ?? "")
    .join("");
}

describe("what is masked", () => {
  test("does not reach the vendor, comes back to the caller, and is not on record", async () => {
    vendor.say("I wrote to [EMAIL_1].");
    const response = await app.chat(asking("masked", `Write to ${EMAIL}, please.`));
    expect(JSON.stringify(vendor.asked)).toContain("Write to [EMAIL_1], please.");
    expect(await textIn(response)).toBe(`I wrote to ${EMAIL}.`);
    const record = await recordOf(response);
    expect(JSON.stringify(record)).not.toContain(EMAIL);
    expect(record.guardrails).toMatchObject([
      { name: "hide", outcome: "masked", kind: "email", side: "input", place: "messages.0.content", start: 9, end: 33 },
    ]);
  });

  test("comes back in a stream, wherever its mark is cut", async () => {
    vendor.say("Well: I wrote to [EMAIL_1], then again to [EMAIL_1].");
    const response = await app.chat(asking("masked", `Tell ${EMAIL} all.`, { stream: true }));
    expect(streamedText(await response.text())).toBe(`Well: I wrote to ${EMAIL}, then again to ${EMAIL}.`);
    expect(JSON.stringify(await recordOf(response))).not.toContain(EMAIL);
  });

  test("is masked in answers, streamed and whole", async () => {
    vendor.say("Ask bob@host.example about it.");
    const whole = await app.chat(asking("masked", "Whom do I ask?"));
    expect(await textIn(whole)).toBe("Ask [EMAIL] about it.");
    const streamed = await app.chat(asking("masked", "Whom do I ask now?", { stream: true }));
    expect(streamedText(await streamed.text())).toBe("Ask [EMAIL] about it.");
    expect((await recordOf(streamed)).guardrails).toMatchObject([{ kind: "email", outcome: "masked", side: "output" }]);
    expect(JSON.stringify(await recordOf(streamed))).not.toContain("bob@");
  });

  test("makes calls the same for the cache, each with its own words put back", async () => {
    vendor.say("Done: [EMAIL_1].");
    const first = await app.chat(asking("masked", "Cache a@one.example"));
    expect(await textIn(first)).toBe("Done: a@one.example.");
    const second = await app.chat(asking("masked", "Cache b@two.example"));
    expect(second.headers.get("x-binnacle-cache")).toBe("hit");
    expect(await textIn(second)).toBe("Done: b@two.example.");
    expect(vendor.asked).toHaveLength(1);
  });
});

describe("what is blocked", () => {
  test("is refused before anybody is asked", async () => {
    vendor.say("ok");
    const response = await app.chat(asking("blocked", `Write to ${EMAIL}.`));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "guardrails.blocked" } });
    expect(vendor.asked).toEqual([]);
    const record = await recordOf(response);
    expect(record).toMatchObject({ outcome: "refused", guardrails: [{ name: "refuse", outcome: "blocked" }] });
    expect(JSON.stringify(record)).not.toContain(EMAIL);
  });

  test("is no answer", async () => {
    vendor.say(`It is ${EMAIL}.`);
    const response = await app.chat(asking("blocked", "Who?"));
    expect(response.status).toBe(400);
    const record = await recordOf(response);
    expect(record).toMatchObject({ outcome: "refused", error: { code: "guardrails.blocked" } });
    expect(record.attempts).toHaveLength(1);
    expect(JSON.stringify(record)).not.toContain(EMAIL);
  });

  test("ends a stream, with what came before it and the reason", async () => {
    const quiet = "Some words before it. ".repeat(12);
    stepwise.say([quiet, quiet], ["It is ada.love", "lace@example.com, and more."]);
    const response = await app.chat(asking("stepwise", "Who?", { stream: true }));
    stepwise.goOn();
    const body = await response.text();
    expect(streamedText(body)).toStartWith("Some words before it.");
    expect(body).not.toContain("ada.");
    expect(body).toContain('"finish_reason":"content_filter"');
    expect(body).toContain("guardrails.blocked");
    expect(await recordOf(response)).toMatchObject({
      outcome: "truncated",
      answer: { finish_reason: "content_filter" },
      guardrails: [{ kind: "email", outcome: "blocked", side: "output" }],
    });
  });
});

test("what is observed goes on unchanged, and is on record", async () => {
  vendor.say(`It is ${EMAIL}.`);
  const response = await app.chat(asking("seen", `Is it ${EMAIL}?`, { stream: true }));
  expect(streamedText(await response.text())).toBe(`It is ${EMAIL}.`);
  const { guardrails } = await recordOf(response);
  expect(guardrails.map(({ side, outcome }) => `${side} ${outcome}`)).toEqual(["input observed", "output observed"]);
});

test("a call that no policy is for goes as it would without guardrails", async () => {
  vendor.say(`It is ${EMAIL}.`);
  const response = await app.chat(asking("free", `Is it ${EMAIL}?`));
  expect(await textIn(response)).toBe(`It is ${EMAIL}.`);
  expect((await recordOf(response)).guardrails).toEqual([]);
});
