// Tools on Realtime connections, in the whole program: what a policy forbids, or a kill switch ends, at whatever time it is offered.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { openCaller, type RealtimeCaller } from "../support/callers/realtime-caller.ts";
import { type RealtimeVendor, serveRealtime } from "../support/vendors/realtime.ts";

let app: TestApp;
let vendor: RealtimeVendor;

beforeAll(async () => {
  vendor = serveRealtime();
  const config = `providers: { vendors: { acme: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:ACME_KEY" } } }`;
  app = await startTestApp({ config, env: { ACME_KEY: "sk-acme" } });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

async function connect(): Promise<RealtimeCaller> {
  const headers = { authorization: `Bearer ${app.key}` };
  const caller = await openCaller(`${app.url}/v1/realtime?model=acme/talker`, { headers });
  await caller.next("session.created");
  return caller;
}

const offer = (caller: RealtimeCaller, name: string): void =>
  caller.send({ type: "session.update", session: { tools: [{ type: "function", name, parameters: {} }] } });

async function lastRecord() {
  const { calls } = await app.client.calls.list({ limit: 1 });
  return calls[0];
}

test("A tool that a policy forbids ends the connection on which it is offered, and the vendor never hears of it", async () => {
  const caller = await connect();
  const text = `@id("no-shell") @why("nobody runs a shell")
    forbid (principal, action == Action::"use_tool", resource == Tool::"shell");`;
  const { version } = await app.client.policies.propose({ files: [{ name: "own.cedar", text }] });
  await app.client.policies.activate({ number: version?.number ?? 0 });
  offer(caller, "search");
  await caller.next("session.updated");
  offer(caller, "shell");
  expect(await caller.closed).toEqual({ code: 1008, reason: "gateway.tool_forbidden" });
  const message = expect.stringContaining("no-shell");
  expect(caller.events().at(-1)).toMatchObject({ type: "error", error: { message } });
  expect(vendor.connections.at(-1)?.frames.join()).not.toContain("shell");
  expect(await lastRecord()).toMatchObject({ outcome: "refused", error: { code: "gateway.tool_forbidden" } });
});

test("A tool that is switched off ends the connections that offer it, and those that would", async () => {
  const [before, other] = [await connect(), await connect()];
  offer(before, "search");
  await before.next("session.updated");
  const { id } = await app.client.switches.throw({ kind: "tool", name: "search", reason: "it finds too much" });
  expect(await before.closed).toEqual({ code: 1008, reason: "governance.switched_off" });
  offer(other, "search");
  expect(await other.closed).toEqual({ code: 1008, reason: "governance.switched_off" });
  expect(await lastRecord()).toMatchObject({ outcome: "refused", error: { code: "governance.switched_off" } });
  await app.client.switches.lift({ id });
});
