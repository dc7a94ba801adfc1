// Calls that a person must agree to: a guardrail or a policy asks, somebody approves, and the very call goes on once.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BinnacleClient, createClient } from "../../client/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";
import { type DictatedVendor, serveDictated } from "../support/vendors/dictated.ts";

const EMAIL = "ada.lovelace@example.com";

let app: TestApp;
let vendor: DictatedVendor;
let agent: string;
let reviewer: BinnacleClient;

const config = (wait: string) => `
providers:
  vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" } }
gateway:
  attempts_max: 1
  routes:
    asked: { targets: [v/m] }
    answers: { targets: [v/m] }
    owned: { targets: [v/m] }
    both: { targets: [v/m] }
    free: { targets: [v/m] }
approvals: { interval: 50ms, autonomy: { wait: ${wait} } }
guardrails:
  policies:
    in: { applies_to: { routes: [asked, both] }, checks: [{ kinds: [email], on: [input], mode: ask }] }
    out: { applies_to: { routes: [answers, both] }, checks: [{ kinds: [email], on: [output], mode: ask }] }
    owners: { applies_to: { routes: [owned] }, approvers: [owner], checks: [{ kinds: [email], mode: ask }] }
`;

beforeAll(async () => {
  vendor = serveDictated();
  app = await startTestApp({ config: config("0s") });
  agent = (await app.client.keys.create({ name: "agent" })).secret;
  reviewer = await clientOf("a reviewer", "reviewer");
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

async function clientOf(name: string, role: "reviewer" | "owner"): Promise<BinnacleClient> {
  const { secret } = await app.client.keys.create({ name, roles: [role] });
  return createClient({ url: app.url, key: secret });
}

interface Told {
  status: number;
  text: string;
  /** The approval that it names. */
  id: string;
  callId: string;
}

async function ask(model: string, content: string, more: object = {}, by = app): Promise<Told> {
  const response = await by.chat(
    { model, messages: [{ role: "user", content }], ...more },
    { key: by === app ? agent : by.key },
  );
  const text = await response.text();
  const [id = ""] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text) ?? [];
  return { status: response.status, text, id, callId: response.headers.get("x-binnacle-call-id") ?? "" };
}

const approve = (id: string, by = reviewer) => by.approvals.decide({ id, decision: "approve" });
const pendingIds = async () => (await app.client.approvals.list({ state: "pending" })).approvals.map(({ id }) => id);

describe("a request that a guardrail asks about", () => {
  test("is refused with its approval, asked for once, and goes on once when it is approved", async () => {
    vendor.say("Done.");
    const refused = await ask("asked", `Write to ${EMAIL}.`);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("approvals.needed")]);
    expect((await ask("asked", `Write to ${EMAIL}.`)).id).toBe(refused.id);
    expect(await pendingIds()).toEqual([refused.id]);
    const record = await app.client.calls.get({ id: refused.callId });
    expect(record).toMatchObject({ outcome: "refused", guardrails: [{ name: "in", outcome: "asked", kind: "email" }] });
    expect(JSON.stringify(record)).not.toContain(EMAIL);
    const approval = await app.client.approvals.get({ id: refused.id });
    expect(approval.why).toContain("guardrail in: email in the request");
    expect(JSON.stringify(approval)).not.toContain(EMAIL);
    await approve(refused.id);
    const given = await ask("asked", `Write to ${EMAIL}.`);
    expect(given.status).toBe(200);
    expect(JSON.stringify(vendor.asked)).toContain(EMAIL);
    expect((await app.client.approvals.get({ id: refused.id })).state).toBe("used");
    // The same again is another call, and needs another approval.
    const replayed = await ask("asked", `Write to ${EMAIL}.`);
    expect([replayed.status, replayed.id === refused.id]).toEqual([403, false]);
  });

  test("that is changed after its approval needs another one", async () => {
    const { id } = await ask("asked", `First to ${EMAIL}.`);
    await approve(id);
    for (const more of [{ temperature: 0 }, { stream: true }]) {
      const changed = await ask("asked", `First to ${EMAIL}.`, more);
      expect([changed.status, changed.id === id]).toEqual([403, false]);
    }
    const other = await app.client.keys.create({ name: "another agent" });
    const stolen = await app.chat(
      { model: "asked", messages: [{ role: "user", content: `First to ${EMAIL}.` }] },
      { key: other.secret },
    );
    expect([stolen.status, (await stolen.text()).includes(id)]).toEqual([403, false]);
    expect((await ask("asked", `First to ${EMAIL}.`)).status).toBe(200);
  });

  test("that was refused stays refused", async () => {
    const { id } = await ask("asked", `Never to ${EMAIL}.`);
    await reviewer.approvals.decide({ id, decision: "refuse", note: "not to her" });
    for (let round = 0; round < 2; round += 1) {
      const refused = await ask("asked", `Never to ${EMAIL}.`);
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("not to her")]);
    }
    expect(await pendingIds()).not.toContain(id);
  });

  test("goes on once, however many send it at once", async () => {
    const { id } = await ask("asked", `All to ${EMAIL}.`);
    await approve(id);
    const all = await Promise.all(Array.from({ length: 20 }, () => ask("asked", `All to ${EMAIL}.`)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("is decided by whom the policy names, and by nobody else", async () => {
    const { id } = await ask("owned", `Mine is ${EMAIL}.`);
    await expect(approve(id)).rejects.toMatchObject({ status: 403 });
    await approve(id, await clientOf("an owner", "owner"));
    expect((await ask("owned", `Mine is ${EMAIL}.`)).status).toBe(200);
  });

  test("with nothing in it that is asked about goes on at once", async () => {
    expect((await ask("asked", "Hello.")).status).toBe(200);
  });
});

describe("an answer that a guardrail asks about", () => {
  test.each([
    ["whole", {}],
    ["streamed", { stream: true }],
  ])("is held, %s, and that very answer is given once when it is approved", async (kind, more) => {
    vendor.say(`It is ${EMAIL}, ${kind}.`);
    const refused = await ask("answers", `Whose? ${kind}`, more);
    expect([refused.status, refused.text.includes(EMAIL)]).toEqual([403, false]);
    vendor.say("Something else.");
    expect((await ask("answers", `Whose? ${kind}`, more)).id).toBe(refused.id);
    await approve(refused.id);
    const given = await ask("answers", `Whose? ${kind}`, more);
    expect([given.status, given.text]).toEqual([200, expect.stringContaining(kind === "whole" ? EMAIL : "lace@ex")]);
    expect((await ask("answers", `Whose? ${kind}`, more)).text).toContain("else");
  });

  test("is given after its request was agreed to, and the answer by itself", async () => {
    vendor.say(`Sent to ${EMAIL}.`);
    const request = await ask("both", `Send to ${EMAIL}.`);
    await approve(request.id);
    const answer = await ask("both", `Send to ${EMAIL}.`);
    expect([answer.status, answer.id === request.id]).toEqual([403, false]);
    await approve(answer.id);
    expect((await ask("both", `Send to ${EMAIL}.`)).text).toContain("Sent to");
  });
});

describe("a policy that demands an approval", () => {
  const policyOn = (action: string, resource: string) => `
@id("ask-${action}")
@obligation("require_approval:reviewer")
permit (principal, action == Action::"${action}", resource == ${resource});`;

  test("has a person asked about what is found in an answer, too", async () => {
    const fresh = await startTestApp({ config: config("0s") });
    const text = `@id("ask-mail")
@obligation("ask:email")
permit (principal, action == Action::"use_model", resource == Model::"free");`;
    const { version } = await fresh.client.policies.propose({ files: [{ name: "own.cedar", text }] });
    await fresh.client.policies.activate({ number: version?.number ?? 0 });
    const { secret } = await fresh.client.keys.create({ name: "a reviewer", roles: ["reviewer"] });
    vendor.say(`Hers is ${EMAIL}.`);
    const refused = await ask("free", "Whose?", {}, fresh);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("approvals.needed")]);
    await approve(refused.id, createClient({ url: fresh.url, key: secret }));
    expect((await ask("free", "Whose?", {}, fresh)).text).toContain(EMAIL);
    await fresh.close();
  });

  test("has calls of a model and offers of a tool wait for one, and no others", async () => {
    vendor.say("Done.");
    const files = [
      {
        name: "own.cedar",
        text: policyOn("use_model", 'Model::"free"') + policyOn("use_tool", 'Tool::"shell"'),
      },
    ];
    const { version } = await app.client.policies.propose({ files });
    await app.client.policies.activate({ number: version?.number ?? 0 });
    const tools = (name: string) => ({
      tools: [{ type: "function", function: { name, parameters: { type: "object" } } }],
    });
    await until(async () => (await ask("free", "now?")).status === 403);
    for (const [model, more] of [
      ["free", {}],
      ["answers", tools("shell")],
    ] as const) {
      const { status, id } = await ask(model, "Please.", more);
      expect(status).toBe(403);
      await approve(id);
      expect((await ask(model, "Please.", more)).status).toBe(200);
      expect((await ask(model, "Please.", more)).status).toBe(403);
    }
    expect((await ask("answers", "Please.", tools("search"))).status).toBe(200);
    expect((await ask("answers", "Please.")).status).toBe(200);
  });
});

test("a call that is no stream waits for its approval where it may", async () => {
  vendor.say("Done.");
  const waiting = await startTestApp({ config: config("30s") });
  const { secret } = await waiting.client.keys.create({ name: "a reviewer", roles: ["reviewer"] });
  const by = createClient({ url: waiting.url, key: secret });
  const answer = ask("asked", `Wait for ${EMAIL}.`, {}, waiting);
  await until(async () => (await by.approvals.counts()).mine === 1);
  const [approval] = (await by.approvals.list({ inbox: "mine" })).approvals;
  await approve(approval?.id ?? "", by);
  expect((await answer).status).toBe(200);
  await waiting.close();
});
