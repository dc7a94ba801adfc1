// Policies through the whole program: proposed, approved, active in another process too, asked at each call, rolled back.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import type { TestApp } from "../support/app.ts";
import { startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { until } from "../support/until.ts";

const CONFIG = `
gateway:
  routes:
    fast: { targets: [sim/sim-small, sim/sim-instant] }
    near: { targets: [{ target: sim/sim-small, region: us, data_classes: [secret] }, { target: sim/sim-instant, region: eu, data_classes: [secret] }] }
`;

let both: TwoApps;
let here: TestApp;
let there: TestApp;

beforeAll(async () => {
  both = await startTwoApps(CONFIG);
  [here, there] = both.apps;
});
afterAll(() => both.close());

const ask = (model: string, more: object = {}) => ({
  model,
  max_tokens: 5,
  messages: [{ role: "user", content: "Hello" }],
  ...more,
});

interface Told {
  status: number;
  target: string | null;
  message: string;
  callId: string;
}

async function call(
  app: TestApp,
  model: string,
  more: { key?: string; body?: object; headers?: Record<string, string> } = {},
): Promise<Told> {
  const { key = here.key, body, headers } = more;
  const response = await app.chat(ask(model, body), { key, ...(headers && { headers }) });
  const told = (await response.json()) as { error?: { message: string } };
  return {
    status: response.status,
    target: response.headers.get("x-binnacle-target"),
    message: told.error?.message ?? "",
    callId: response.headers.get("x-binnacle-call-id") ?? "",
  };
}

/** Proposes and activates; the files are all there are then. */
async function activate(text: string): Promise<number> {
  const { version } = await here.client.policies.propose({ files: [{ name: "own.cedar", text }] });
  const number = version?.number ?? 0;
  await here.client.policies.activate({ number });
  return number;
}

const NOT_SMALL = `
@id("no-small")
@why("small models are not for us")
forbid (principal, action == Action::"use_target", resource)
when { resource.model == "sim-small" };
`;

describe("with the shipped policies alone", () => {
  test("a call's record names the policy of the role that allowed it", async () => {
    const { callId } = await call(here, "fast");
    const key = await here.client.keys.create({ name: "member" });
    const ofMember = await call(here, "fast", { key: key.secret });
    const authorities = await Promise.all(
      [callId, ofMember.callId].map(async (id) => (await here.client.calls.get({ id })).authority.policy),
    );
    expect(authorities).toEqual(["role.owner", "role.member"]);
  });
});

describe("placement", () => {
  test("passes over a target that a policy forbids, in every process within a second", async () => {
    expect((await call(here, "fast")).target).toBe("sim/sim-small");
    const startedMs = performance.now();
    await activate(NOT_SMALL);
    const { target, callId } = await call(here, "fast");
    expect(target).toBe("sim/sim-instant");
    await until(async () => (await call(there, "fast")).target === "sim/sim-instant");
    // Half a second between two looks; the rest is what a busy machine takes.
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    const record = await here.client.calls.get({ id: callId });
    expect(record.considered).toContainEqual({
      target: "sim/sim-small",
      chosen: false,
      reason: "passed over: is forbidden by the policy no-small: small models are not for us",
    });
  });

  test("refuses a call that no target is left to, by its policy, and the record names it", async () => {
    const { status, message, callId } = await call(here, "sim/sim-small");
    expect([status, message]).toEqual([403, expect.stringContaining("no-small")]);
    const record = await here.client.calls.get({ id: callId });
    expect([record.outcome, record.authority]).toEqual([
      "refused",
      { policy: "no-small", rule: "small models are not for us" },
    ]);
  });

  test("knows where a target is, and what a caller says of its data", async () => {
    await activate(`
      @id("secret-stays") @why("secret data stay in the EU")
      forbid (principal, action == Action::"use_target", resource)
      when { context has data_class && context.data_class == "secret" }
      unless { resource has region && resource.region == "eu" };`);
    const secret = { headers: { "x-binnacle-data-class": "secret" } };
    expect((await call(here, "near")).target).toBe("sim/sim-small");
    expect((await call(here, "near", secret)).target).toBe("sim/sim-instant");
    expect((await call(here, "sim/sim-small", secret)).message).toContain("secret-stays");
  });
});

describe("tools and models", () => {
  test("a tool that a policy forbids may not be offered, others may", async () => {
    await activate(`
      @id("no-shell") @why("nobody runs a shell")
      forbid (principal, action == Action::"use_tool", resource == Tool::"shell");
      @id("not-large") @why("too dear")
      forbid (principal, action == Action::"use_model", resource == Model::"sim/sim-large");`);
    const tool = (name: string) => ({ tools: [{ type: "function", function: { name, parameters: {} } }] });
    const refused = await call(here, "fast", { body: tool("shell") });
    expect([refused.status, refused.message]).toEqual([403, expect.stringContaining('offer the tool "shell"')]);
    expect((await call(here, "fast", { body: tool("search") })).status).toBe(200);
    expect((await call(here, "sim/sim-large")).message).toContain("may not use the model");
  });
});

describe("versions", () => {
  test("are refused where they do not parse, do not fit the schema, or would lock everyone out", async () => {
    const propose = (text: string) => here.client.policies.propose({ files: [{ name: "own.cedar", text }] });
    const refusals: [string, string][] = [
      ["permit (principal", "cannot be read"],
      [`forbid (principal, action == Action::"fly", resource);`, "does not fit the schema"],
      [`forbid (principal, action, resource);`, "nobody could change policies any more"],
      [`forbid (principal, action == Action::"change_policies", resource);`, "nobody could change policies"],
      [`@id("role.owner") permit (principal, action == Action::"call", resource);`, "nobody could change policies"],
      [`@obligation("pray") permit (principal, action == Action::"call", resource);`, "nothing keeps the obligation"],
      [`@obligation("mask:pii") permit (principal, action, resource);`, "cannot be kept for the action"],
      [`@id("builtin.organisations") permit (principal, action, resource);`, "the program's own"],
    ];
    for (const [text, words] of refusals)
      await expect(propose(text)).rejects.toMatchObject({ message: expect.stringContaining(words) });
  });

  test("are rolled back to what decided before, and to the shipped ones", async () => {
    const first = await activate(NOT_SMALL);
    const second = await activate(`@id("nothing") forbid (principal, action == Action::"call", resource);`);
    expect((await call(here, "fast")).status).toBe(403);
    const { active } = await here.client.policies.rollBack({});
    expect(active?.number).toBe(first);
    expect((await call(here, "fast")).target).toBe("sim/sim-instant");
    const { version, events } = await here.client.policies.get({ number: second });
    expect([version.state, events.map(({ event }) => event)]).toEqual([
      "retired",
      ["proposed", "activated", "rolled_back"],
    ]);
    expect((await here.client.policies.rollBack({ to: "shipped" })).active).toBeNull();
    expect((await call(here, "fast")).target).toBe("sim/sim-small");
    expect((await here.client.policies.active()).source).toBe("shipped");
  });

  test("are tried on the calls of the last days: what would have been refused, and by which policy", async () => {
    await call(here, "sim/sim-large");
    const dry = async () =>
      here.client.policies.dryRun({
        files: [
          {
            name: "own.cedar",
            text: `@id("not-large") @why("too dear") forbid (principal, action == Action::"use_target", resource)
              when { resource.model == "sim-large" };`,
          },
        ],
        days: 1,
      });
    await until(async () => (await dry()).refused > 0);
    const { refused, calls, by_policy, is_whole } = await dry();
    expect([refused, is_whole, calls > refused]).toEqual([1, true, true]);
    expect(by_policy).toMatchObject([{ policy: "not-large", why: "too dear", action: "use_target", calls: 1 }]);
  });

  test("may be changed by those alone who manage the installation", async () => {
    const { secret } = await here.client.keys.create({ name: "reads", scopes: ["read"] });
    const reader = createClient({ url: here.url, key: secret });
    expect((await reader.policies.active()).policies.length).toBeGreaterThan(8);
    await expect(reader.policies.propose({ files: [] })).rejects.toMatchObject({ status: 403 });
  });
});
