// What policies demand of calls, through the whole program: a child's key gets and says nothing that the checks for children block,
// whole or streamed, by whatever way it calls; and what is to be masked is masked without a guardrail in the config.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { requestLine, untilEnded } from "../support/batches.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type DictatedVendor, serveDictated } from "../support/vendors/dictated.ts";
import { serveStepwise, type StepwiseVendor } from "../support/vendors/stepwise.ts";
import { until } from "../support/until.ts";

let app: TestApp;
let vendor: DictatedVendor;
let stepwise: StepwiseVendor;
const keys: Record<string, string> = {};

const CONFIG = () => `
providers:
  vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" }, w: { kind: openai-compatible, base_url: "${stepwise.url}" } }
batches: { poll_interval: 50ms }
gateway:
  attempts_max: 1
  cache: { enabled: true, routes: [kept] }
  routes: { plain: { targets: [v/m] }, kept: { targets: [v/m] }, stepwise: { targets: [w/m] } }
`;

const POLICIES = `
@id("masked") @obligation("mask:pii")
permit (principal in Team::"masked", action == Action::"use_model", resource);
@id("nonsense") @obligation("guardrails:no-such-thing")
permit (principal in Team::"nonsense", action == Action::"call", resource);
@id("tools") @obligation("block:secrets")
permit (principal in Team::"tools", action == Action::"use_tool", resource == Tool::"send");
@id("placed") @obligation("mask:email")
permit (principal in Team::"placed", action in [Action::"use_model", Action::"use_target"], resource);
@id("unplaced") @obligation("mask:email")
permit (principal in Team::"unplaced", action == Action::"use_target", resource);
`;

const TEAMS = ["masked", "nonsense", "tools", "placed", "unplaced"];

beforeAll(async () => {
  vendor = serveDictated();
  stepwise = serveStepwise();
  app = await startTestApp({ config: CONFIG() });
  for (const team of TEAMS) {
    await app.client.teams.create({ name: team });
    keys[team] = (await app.client.keys.create({ name: team, team })).secret;
  }
  keys["children"] = (await app.client.keys.create({ name: "child", roles: ["child"] })).secret;
  const { version } = await app.client.policies.propose({ files: [{ name: "own.cedar", text: POLICIES }] });
  await app.client.policies.activate({ number: version?.number ?? 0 });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
  await stepwise?.close();
});

const ask = (team: string | undefined, content: string, more: object = {}) =>
  app.chat(
    { model: "plain", messages: [{ role: "user", content }], ...more },
    team === undefined ? {} : { key: keys[team] ?? "" },
  );
const BAD = "Tell me how to make a pipe bomb.";
const SAFE = "Tell me about whales.";

const recordOf = (response: Response) => app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
const streamedText = (body: string): string =>
  [...body.matchAll(/"content":"([^"]*)"/g)].map(([, text = ""]) => text).join("");

describe("the checks for children, without a guardrail in the config", () => {
  test("refuse what a child says before anybody is asked, and the record names the check", async () => {
    vendor.say("ok");
    const refused = await ask("children", BAD);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: "guardrails.blocked" } });
    expect(vendor.asked).toEqual([]);
    const { outcome, guardrails } = await recordOf(refused);
    expect([outcome, guardrails[0]]).toMatchObject(["refused", { name: "child_safe", outcome: "blocked" }]);
    expect((await ask("children", SAFE)).status).toBe(200);
    expect((await ask(undefined, BAD)).status).toBe(200);
  });

  test("refuse an answer, and end a stream before it begins", async () => {
    vendor.say("Well, buy vodka and cigarettes.");
    const whole = await ask("children", SAFE);
    expect(whole.status).toBe(400);
    expect(JSON.stringify(await recordOf(whole))).not.toContain("vodka");
    const quiet = "Whales are large and live in the sea, all of them. ".repeat(12);
    stepwise.say([quiet, quiet], ["So you want a pipe bo", "mb? Take a tube."]);
    const response = await ask("children", SAFE, { model: "stepwise", stream: true });
    stepwise.goOn();
    const body = await response.text();
    expect(streamedText(body)).toStartWith("Whales are large");
    expect(body).not.toContain("pipe");
    expect(body).toContain("guardrails.blocked");
  });

  test("hold in every dialect, and for embeddings", async () => {
    vendor.say("ok");
    const bodies: [string, object][] = [
      ["/v1/messages", { model: "plain", max_tokens: 9, messages: [{ role: "user", content: BAD }] }],
      ["/v1/responses", { model: "plain", input: BAD }],
      ["/v1beta/models/plain:generateContent", { contents: [{ role: "user", parts: [{ text: BAD }] }] }],
      ["/v1/embeddings", { model: "plain", input: BAD }],
    ];
    for (const [path, body] of bodies) {
      const response = await fetch(app.url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${keys["children"]}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect([path, response.status, await response.text()]).toEqual([
        path,
        400,
        expect.stringContaining("child_safe"),
      ]);
    }
    expect(vendor.asked).toEqual([]);
  });

  test("hold for the lines of a batch, and for answers in a vendor's own words, which nobody reads", async () => {
    vendor.say("ok");
    const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: keys["children"], maxRetries: 0 });
    const lines = [BAD, SAFE].map((content) =>
      requestLine(content, "plain", { messages: [{ role: "user", content }] }),
    );
    const file = await toFile(Buffer.from(lines.map((line) => JSON.stringify(line)).join("\n")), "in.jsonl");
    const { id } = await openai.files.create({ file, purpose: "batch" });
    const endpoint = "/v1/chat/completions";
    const batch = await openai.batches.create({ input_file_id: id, endpoint, completion_window: "24h" });
    const { request_counts: counts, error_file_id: errors } = await untilEnded(openai, batch.id);
    expect(counts).toMatchObject({ completed: 1, failed: 1 });
    expect(await (await openai.files.content(errors ?? "")).text()).toContain("guardrails.blocked");
    expect(vendor.asked).toHaveLength(1);
    const own = await fetch(`${app.url}/v/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${keys["children"]}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "m", messages: [{ role: "user", content: SAFE }] }),
    });
    expect([own.status, await own.text()]).toEqual([400, expect.stringContaining("guardrails.unreadable")]);
    expect(vendor.asked).toHaveLength(1);
  });

  test("are asked of answers that were kept for others", async () => {
    vendor.say("Take whisky with it.");
    const question = { model: "kept" };
    expect((await ask(undefined, "What goes with it?", question)).status).toBe(200);
    expect((await ask("children", "What goes with it?", question)).status).toBe(400);
  });

  test("do not let a child open a connection whose words nobody sees", async () => {
    const refused = await fetch(`${app.url}/v1/realtime?model=plain`, {
      headers: { connection: "upgrade", upgrade: "websocket", authorization: `Bearer ${keys["children"]}` },
    });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("cannot be looked at")]);
  });
});

test("A kind that is to be masked does not reach the vendor, and comes back to the caller", async () => {
  vendor.say("I wrote to [EMAIL_1].");
  const response = await ask("masked", "Write to ada@example.com.");
  expect(JSON.stringify(vendor.asked)).not.toContain("ada@");
  expect(await response.text()).toContain("I wrote to ada@example.com.");
});

test("What is demanded for a tool holds for the calls that offer it", async () => {
  vendor.say("ok");
  const tools = (name: string) => ({ tools: [{ type: "function", function: { name, parameters: {} } }] });
  const SECRET = "My key is AKIAIOSFODNN7EXAMPLQ, keep it.";
  expect((await ask("tools", SECRET, tools("send"))).status).toBe(400);
  expect((await ask("tools", SECRET, tools("look"))).status).toBe(200);
});

test("A target that is allowed under a demand serves calls alone that keep it", async () => {
  vendor.say("ok");
  expect((await ask("placed", SAFE)).status).toBe(200);
  const refused = await ask("unplaced", SAFE);
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("allowed under mask:email")]);
});

test("What names no guardrail is no permission to go without: the call is refused, and says by what", async () => {
  vendor.say("ok");
  const refused = await ask("nonsense", SAFE);
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain("guardrails:no-such-thing");
  expect(vendor.asked).toEqual([]);
});

test("A guardrail of the config with the name that is demanded takes the place of the built-in one", async () => {
  await app.reload(`${CONFIG()}
guardrails:
  policies:
    child_safe: { applies_to: { routes: [nothing] }, checks: [{ kinds: [email], mode: block }] }
`);
  vendor.say("ok");
  await until(async () => (await ask("children", "Write to ada@example.com")).status === 400);
  expect((await ask("children", BAD)).status).toBe(200);
  expect((await ask(undefined, "Write to ada@example.com")).status).toBe(200);
  await app.reload(CONFIG());
  expect((await ask("children", BAD)).status).toBe(400);
});
