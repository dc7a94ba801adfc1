// Approvals in the whole program: asked for, decided by API, by link and by several processes, and done once.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import { startReceiver } from "../../src/approvals/approvals.fixture.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { untilFound } from "../support/until.ts";

let app: TestApp;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  receiver = await startReceiver();
  app = await startTestApp({
    config: `approvals:
  base_url: http://127.0.0.1
  notify: { boss: { kind: slack, url: "env:RECEIVER_URL", user: boss, roles: [owner] } }`,
    env: { RECEIVER_URL: receiver.url },
  });
});
afterAll(async () => {
  await app.close();
  receiver.close();
});

const WISH = {
  what: "Deploy the route chat",
  action: "deploy",
  resource: { type: "route", id: "chat" },
};

async function ask(payload_hash: string) {
  const key = await app.client.keys.create({ name: `agent ${payload_hash}`, scopes: ["call"] });
  const client = createClient({ url: app.url, key: key.secret });
  return { client, approval: await client.approvals.ask({ ...WISH, payload_hash }) };
}

/** The link of the message to Slack about what this asker wants: those of others may come later. */
async function linkFor(asker: string): Promise<string> {
  const body = await untilFound(() => receiver.bodies.find((each) => each.includes(`Asked by ${asker},`)));
  const [, path = ""] = /http:\/\/127\.0\.0\.1(\/approvals\/links\/[^\s"\\]+)/.exec(body) ?? [];
  return app.url + path;
}

describe("an approval", () => {
  test("is asked for, decided by another and used once", async () => {
    const { client, approval } = await ask("a");
    expect(approval.state).toBe("pending");
    expect((await app.client.approvals.counts()).mine).toBe(1);
    await expect(client.approvals.decide({ id: approval.id, decision: "approve" })).rejects.toMatchObject({
      status: 403,
    });
    const decided = await app.client.approvals.decide({ id: approval.id, decision: "approve", note: "fine" });
    expect(decided).toMatchObject({ state: "approved", took_effect: true, votes: [{ note: "fine" }] });
    expect(await client.approvals.use({ id: approval.id, payload_hash: "a" })).toMatchObject({ state: "used" });
    await expect(client.approvals.use({ id: approval.id, payload_hash: "a" })).rejects.toMatchObject({ status: 409 });
  });

  test("is not decided by who opens its link, and is by who presses the button", async () => {
    const { approval } = await ask("b");
    const link = await linkFor("agent b");
    for (const method of ["GET", "GET", "HEAD"]) expect((await fetch(link, { method })).status).toBe(200);
    const page = await fetch(link);
    expect(await page.text()).toContain("Deploy the route chat");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect((await app.client.approvals.get({ id: approval.id })).state).toBe("pending");
    const post = (headers: Record<string, string>, body = "decision=refuse&note=no") =>
      fetch(link, {
        method: "POST",
        body,
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      });
    expect(await (await post({ "sec-fetch-site": "cross-site" })).text()).toContain("Nothing was decided");
    expect(await (await post({}, "decision=perhaps")).text()).toContain("Nothing was decided");
    expect(await (await post({ "sec-fetch-site": "same-origin" })).text()).toContain("You have refused");
    expect((await post({})).status).toBe(403);
    expect(await app.client.approvals.get({ id: approval.id })).toMatchObject({
      state: "refused",
      votes: [{ by: { user: "boss" }, via: "link", note: "no" }],
    });
  });

  test("shows what it is in a page without markup of its askers", async () => {
    const key = await app.client.keys.create({ name: "mischief", scopes: ["call"] });
    const client = createClient({ url: app.url, key: key.secret });
    await client.approvals.ask({ ...WISH, what: "<script>alert(1)</script>", payload_hash: "c" });
    const page = await (await fetch(await linkFor("mischief"))).text();
    expect(page).not.toContain("<script>");
  });

  test("is asked for in words that hold", async () => {
    for (const wrong of [
      { what: "" },
      { payload_hash: "" },
      { deadline_ms: 1 },
      { approvers: { roles: [], users: [], needed: 1, not_oneself: true } },
    ])
      await expect(app.client.approvals.ask({ ...WISH, payload_hash: "d", ...wrong })).rejects.toMatchObject({
        status: 400,
      });
    await expect(app.client.approvals.get({ id: "x" })).rejects.toMatchObject({ status: 404 });
    await expect(app.client.approvals.list({ cursor: "x" })).rejects.toMatchObject({ status: 400 });
  });
});
