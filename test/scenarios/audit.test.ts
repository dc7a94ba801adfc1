// The audit trail of the whole program: what is done through it, what is refused, and what an outsider can check.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { apiContract } from "../../src/interfaces/contract.ts";
import { isChange } from "../../src/interfaces/http/audit/audited.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: "audit: { sequencer: { interval: 20ms } }" });
});
afterAll(() => app.close());

const actions = async (query: Parameters<TestApp["client"]["audit"]["list"]>[0] = {}): Promise<string[]> =>
  (await app.client.audit.list({ limit: 500, ...query })).entries.map(({ action }) => action);
const get = (path: string, key = app.key): Promise<Response> =>
  fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${key}` } });

describe("what is changed", () => {
  test("is on the trail under the name of who changed it", async () => {
    const { id } = await app.client.keys.create({ name: "a service", scopes: ["read"] });
    await app.client.keys.revoke({ id });
    await app.client.users.create({ name: "alice" });
    const { entries } = await app.client.audit.list({ limit: 4 });
    expect(entries.filter(({ actor }) => actor.kind === "key")).toMatchObject([
      { action: "user.create", resource: { type: "user", id: "alice" }, outcome: "ok" },
      { action: "key.revoke", resource: { type: "key", id }, actor: { kind: "key", name: "first admin key" } },
      { action: "key.create", resource: { type: "key", id }, details: { name: "a service", scopes: ["read"] } },
    ]);
  });

  test("by a file is told change by change", async () => {
    await app.client.apply({ state: { teams: { blue: {}, red: {} } }, dry_run: false, prune: false });
    expect((await actions()).slice(0, 3).toSorted()).toEqual(["state.apply", "team.apply", "team.apply"]);
  });
});

describe("what callers delete", () => {
  test("is on the trail too", async () => {
    const headers = { authorization: `Bearer ${app.key}` };
    const body = new FormData();
    body.set("purpose", "batch");
    body.set("file", new File(["{}"], "lines.jsonl"));
    const { id } = (await (await fetch(`${app.url}/v1/files`, { method: "POST", headers, body })).json()) as {
      id: string;
    };
    expect((await fetch(`${app.url}/v1/files/${id}`, { method: "DELETE", headers })).status).toBe(200);
    await until(async () => (await actions({ action: "file.delete" })).length === 1);
    const { entries } = await app.client.audit.list({ action: "file.delete" });
    expect(entries).toMatchObject([{ resource: { type: "file", id }, actor: { name: "first admin key" } }]);
  });
});

describe("what is refused", () => {
  test("is on the trail: of callers who are not known, and of those who may not", async () => {
    // Who shows nothing, as the sign-in page does when it opens, claims to be nobody and leaves no entry.
    expect((await fetch(`${app.url}/api/v1/session`)).status).toBe(401);
    expect((await get("/api/v1/status", "bk_wrong")).status).toBe(401);
    const { secret } = await app.client.keys.create({ name: "reader", scopes: ["call"] });
    expect((await get("/api/v1/keys", secret)).status).toBe(403);
    await until(async () => (await actions({ outcome: "refused" })).length >= 2);
    const { entries } = await app.client.audit.list({ outcome: "refused", limit: 2 });
    expect(entries).toMatchObject([
      { action: "keys.list", actor: { name: "reader" } },
      { action: "identify", actor: { kind: "unknown" }, details: { code: "governance.key_invalid" } },
    ]);
    expect(await actions({ action: "identify" })).toHaveLength(1);
  });
});

describe("each call", () => {
  const body = JSON.stringify({ model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] });

  test("is on the trail once, with what was said by hash and the model that answered", async () => {
    const answer = await app.chat(body);
    const text = await answer.text();
    const id = answer.headers.get("x-binnacle-call-id") ?? "";
    await until(async () => (await actions({ call: id })).length === 1);
    const sha256 = (said: string): string => new Bun.CryptoHasher("sha256").update(said).digest("hex");
    expect(await app.client.audit.show({ id })).toMatchObject({
      id,
      action: "call",
      actor: { kind: "key", name: "first admin key" },
      resource: { type: "model", id: "sim/sim-instant" },
      outcome: "ok",
      details: { request: { sha256: sha256(body) }, response: { sha256: sha256(text) }, tool_calls: [] },
      batch: { number: 0, count: 1 },
    });
    expect((await app.client.calls.get({ id })).id).toBe(id);
    expect((await app.client.audit.list({ action: "bodies.read", limit: 1 })).entries).toMatchObject([
      { resource: { id }, actor: { name: "first admin key" } },
    ]);
  });

  test("that calls tools tells them by name, and their arguments by hash", async () => {
    const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: {} } } }];
    const said = { ...JSON.parse(body), tools, tool_choice: "required" };
    const answer = await app.chat(said);
    await answer.text();
    const id = answer.headers.get("x-binnacle-call-id") ?? "";
    await until(async () => (await actions({ call: id })).length === 1);
    expect(await app.client.audit.show({ id })).toMatchObject({
      details: { tool_calls: [{ name: "weather", arguments_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] },
    });
  });
});

describe("every route of the contract that changes something", () => {
  const routes = routesIn(apiContract).filter(isChange);

  test("there are many", () => {
    expect(routes.length).toBeGreaterThan(25);
  });

  // What is sent is wrong or about nothing, as a rule: an attempt is on the trail like a change.
  test.each(routes.map((route) => [route.name, route] as const))("%s leaves an entry", async (name, route) => {
    const before = (await app.client.audit.list({ limit: 1 })).entries[0]?.id;
    const path = route.path.replace(/\{\+?(\w+)\}/g, "00000000-0000-7000-8000-000000000000");
    const headers = { authorization: `Bearer ${app.key}`, "content-type": "application/json" };
    const response = await fetch(`${app.url}/api/v1${path}`, { method: route.method, headers, body: "{}" });
    await response.body?.cancel();
    await until(async () => {
      const { entries } = await app.client.audit.list({ limit: 100 });
      const since = entries.slice(
        0,
        Math.max(
          0,
          entries.findIndex(({ id }) => id === before),
        ),
      );
      const own = since.filter(({ actor }) => actor.kind === "key" && actor.name === "first admin key");
      return own.some(({ details, outcome }) => details?.["route"] === name || outcome === "ok");
    });
  });
});

describe("the tree", () => {
  test("is served as tiles, to those who may read", async () => {
    await until(async () => (await app.client.audit.state()).waiting === 0);
    const checkpoint = await (await get("/audit/tlog/checkpoint")).text();
    const size = Number(checkpoint.split("\n")[1]);
    const tile = await get(`/audit/tlog/tile/0/000.p/${size}`);
    expect((await tile.arrayBuffer()).byteLength).toBe(size * 32);
    expect((await get(`/audit/tlog/tile/entries/000.p/${size}`)).headers.get("content-type")).toBe(
      "application/octet-stream",
    );
    // The tree grows meanwhile, but not so far.
    expect((await get("/audit/tlog/tile/0/000.p/255")).status).toBe(404);
    expect((await fetch(`${app.url}/audit/tlog/checkpoint`)).status).toBe(401);
  });
});

interface ContractRoute {
  /** `keys.create` */
  name: string;
  method: string;
  path: string;
}

function routesIn(contract: object, before: readonly string[] = []): ContractRoute[] {
  return Object.entries(contract).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null) return [];
    const path = [...before, name];
    const route = routeOf(value);
    return route ? [{ name: path.join("."), ...route }] : routesIn(value, path);
  });
}

function routeOf(value: object): { method: string; path: string } | undefined {
  if (!("~orpc" in value)) return undefined;
  const { route } = value["~orpc"] as { route: { method?: string; path?: string } };
  return { method: route.method ?? "POST", path: route.path ?? "" };
}
