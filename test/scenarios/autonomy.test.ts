// Agents that may not do everything by themselves: calls of tools in their answers wait for a person.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";
import { type DictatedVendor, serveDictated } from "../support/vendors/dictated.ts";

let app: TestApp;
let agent: string;
let vendor: DictatedVendor;
const start = (wait: string) =>
  startTestApp({
    config: `providers: { vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" } } }
approvals:
  interval: 50ms
  autonomy:
    wait: ${wait}
    rules:
      - { agent: crawler, action: "read_*", level: act }
      - { agent: crawler, action: "delete_*", level: suggest }
      - { agent: crawler, level: approve }`,
  });
beforeAll(async () => {
  vendor = serveDictated();
  app = await start("0s");
  agent = (await app.client.keys.create({ name: "crawler" })).secret;
});
afterAll(async () => {
  await app.close();
  await vendor.close();
});

function bodyFor(tool: string, more: object = {}) {
  return {
    model: "sim/sim-instant",
    messages: [{ role: "user", content: `Use ${tool}.` }],
    tools: [{ type: "function", function: { name: tool, parameters: { type: "object", properties: {} } } }],
    tool_choice: "required",
    ...more,
  };
}

async function told(response: Response): Promise<{ status: number; text: string }> {
  return { status: response.status, text: await response.text() };
}

const calls = async () => (await app.client.calls.list({ limit: 200 })).calls.length;

async function pending() {
  const { approvals } = await app.client.approvals.list({ state: "pending" });
  const [first] = approvals;
  if (!first) throw new Error("nothing is pending");
  return first;
}

describe("a tool that needs an approval", () => {
  test.each([
    ["whole", {}],
    ["streamed", { stream: true }],
  ])(
    "is held in an answer that is %s, and given once to who asks the same after it is approved",
    async (kind, more) => {
      const ask = () => app.chat(bodyFor(`send_${kind}`, more), { key: agent });
      const refused = await told(await ask());
      expect(refused.status).toBe(403);
      const approval = await pending();
      expect(refused.text).toContain(approval.id);
      expect(approval).toMatchObject({
        what: `Let crawler call send_${kind}`,
        resource: { type: "tool", id: `send_${kind}` },
      });
      const asked = await calls();
      expect((await told(await ask())).text).toContain(approval.id);
      await app.client.approvals.decide({ id: approval.id, decision: "approve" });
      const given = await told(await ask());
      expect(given.status).toBe(200);
      expect(given.text).toContain(`send_${kind}`);
      expect(await calls()).toBe(asked);
      expect((await app.client.approvals.get({ id: approval.id })).state).toBe("used");
      expect((await ask()).status).toBe(403);
      expect((await pending()).id).not.toBe(approval.id);
      await app.client.approvals.decide({ id: (await pending()).id, decision: "refuse", note: "enough" });
      expect((await told(await ask())).text).toContain("enough");
    },
  );

  test("raced by twenty who ask the same is given out once", async () => {
    const ask = () => app.chat(bodyFor("send_raced"), { key: agent });
    await ask();
    const { id } = await pending();
    await app.client.approvals.decide({ id, decision: "approve" });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await told(await ask())).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test("is not given to a key that is switched off meanwhile", async () => {
    const ask = () => app.chat(bodyFor("send_off"), { key: agent });
    await ask();
    const { approvals } = await app.client.approvals.list({ state: "pending" });
    const approval = approvals.find(({ resource }) => resource.id === "send_off");
    await app.client.approvals.decide({ id: approval?.id ?? "", decision: "approve" });
    const { id } = await app.client.switches.throw({ kind: "key", name: "crawler", reason: "a drill" });
    expect((await told(await ask())).text).toContain("switched off");
    await app.client.switches.lift({ id });
    expect((await ask()).status).toBe(200);
  });
});

describe("an agent", () => {
  test("does by itself what it may, whoever it says that it is", async () => {
    expect((await app.chat(bodyFor("read_page"), { key: agent })).status).toBe(200);
    expect((await app.chat(bodyFor("send_mail"))).status).toBe(200);
    const headers = { "x-binnacle-agent": "somebody else" };
    expect((await app.chat(bodyFor("send_mail"), { key: agent, headers })).status).toBe(403);
  });

  test("that may only suggest is given no answer that does it", async () => {
    const refused = await told(await app.chat(bodyFor("delete_page"), { key: agent }));
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("may suggest delete_page");
  });

  test("that may not do everything by itself does not ask where nobody reads what it is given to do it with", async () => {
    const inItsWords = async (key: string) =>
      told(
        await fetch(`${app.url}/v/chat/completions`, {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          body: JSON.stringify({ ...bodyFor("send_mail"), model: "m" }),
        }),
      );
    const connecting = async (key: string) =>
      told(
        await fetch(`${app.url}/v1/realtime?model=v/m`, {
          headers: { connection: "upgrade", upgrade: "websocket", authorization: `Bearer ${key}` },
        }),
      );
    vendor.say("ok");
    for (const ask of [inItsWords, connecting]) {
      const refused = await ask(agent);
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("approvals.unread")]);
    }
    expect(vendor.asked).toEqual([]);
    expect((await inItsWords(app.key)).status).toBe(200);
    const { calls: records } = await app.client.calls.list({ outcome: "refused", limit: 5 });
    expect(records.map(({ error }) => error?.code)).toContain("approvals.unread");
  });

  test("waits for its approval where it may", async () => {
    const waiting = await start("30s");
    const key = (await waiting.client.keys.create({ name: "crawler" })).secret;
    const answer = waiting.chat(bodyFor("send_mail"), { key });
    await until(async () => (await waiting.client.approvals.counts()).pending === 1);
    const { approvals } = await waiting.client.approvals.list({ inbox: "mine" });
    await waiting.client.approvals.decide({ id: approvals[0]?.id ?? "", decision: "approve" });
    expect((await answer).status).toBe(200);
    await waiting.close();
  });
});
