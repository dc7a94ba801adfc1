// The gate before production: a route's version serves once it is approved, and the last that was goes on serving.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    config: `approvals: { gate: { routes: ["prod-*"] } }
gateway: { api_routes: { interval: 100ms } }`,
  });
});
afterAll(() => app.close());

const messages = [{ role: "user", content: "Ahoy" }];

/** Who serves it; the status where nobody does. */
async function servedBy(model: string): Promise<string | number> {
  const response = await app.chat({ model, messages });
  if (response.status !== 200) return response.status;
  const record = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
  return record.answer?.target ?? "nobody";
}

async function approver() {
  const key = await app.client.keys.create({ name: "another admin", scopes: ["admin"] });
  return createClient({ url: app.url, key: key.secret });
}

describe("a route that must be approved", () => {
  test("serves no version before its approval, and the last approved one while a draft waits", async () => {
    const other = await approver();
    const first = await app.client.routes.put({ name: "prod-chat", plan: { targets: ["sim/sim-instant"] } });
    expect(first.approval_id).not.toBeNull();
    expect(await servedBy("prod-chat")).toBe(404);
    const id = first.approval_id ?? "";
    await expect(app.client.approvals.decide({ id, decision: "approve" })).rejects.toMatchObject({ status: 403 });
    await other.approvals.decide({ id, decision: "approve" });
    await until(async () => (await servedBy("prod-chat")) === "sim/sim-instant");
    const second = await app.client.routes.put({ name: "prod-chat", plan: { targets: ["sim/sim-small"] } });
    expect(await servedBy("prod-chat")).toBe("sim/sim-instant");
    await other.approvals.decide({ id: second.approval_id ?? "", decision: "approve" });
    await until(async () => (await servedBy("prod-chat")) === "sim/sim-small");
  });

  test("goes back to a version that was approved without another approval, and to no other", async () => {
    const back = await app.client.routes.put({ name: "prod-chat", plan: { targets: ["sim/sim-instant"] } });
    expect(back.approval_id).toBeNull();
    await until(async () => (await servedBy("prod-chat")) === "sim/sim-instant");
    const drafted = await app.client.routes.put({ name: "prod-chat", plan: { targets: ["sim/sim-large"] } });
    const other = await approver();
    await other.approvals.decide({ id: drafted.approval_id ?? "", decision: "refuse", note: "too dear" });
    expect(await servedBy("prod-chat")).toBe("sim/sim-instant");
    const again = await app.client.routes.put({ name: "prod-chat", plan: { targets: ["sim/sim-large"] } });
    expect(again.approval_id).not.toBe(drafted.approval_id);
  });

  test("is not approved by an approval that somebody asks for with approvers of their own", async () => {
    const wish = {
      what: "x",
      resource: { type: "route", id: "prod-chat" },
      payload_hash: "x",
      on_silence: "allow",
    } as const;
    await expect(app.client.approvals.ask({ ...wish, action: "binnacle:serve_version" })).rejects.toMatchObject({
      status: 400,
    });
  });

  test("is one that is named so: others serve at once", async () => {
    const { approval_id } = await app.client.routes.put({ name: "free", plan: { targets: ["sim/sim-instant"] } });
    expect(approval_id).toBeNull();
    expect(await servedBy("free")).toBe("sim/sim-instant");
  });
});
