// What else the vault takes into its care where it is enabled: keys of the audit trail, those that were there before too, and answers
// that wait for an approval or are kept to be given again.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";
import { SHARED_ENV } from "../support/two-apps.ts";
import { until } from "../support/until.ts";

const SECRET = "xyzzy-plugh-43";
const MASTER = Buffer.alloc(32, 7).toString("base64");

const config = (vault: string) => `
vault: ${vault}
gateway: { cache: { enabled: true, database: { interval: 20ms, read_timeout: 10s } } }
approvals: { autonomy: { rules: [{ action: "send_*", level: approve }] } }
`;
const SEALED = config('{ enabled: true, master_key: "env:MASTER", changes_interval: 20ms }');
const OPEN = config('{ master_key: "env:MASTER" }');

let database: TestDatabase;
let app: TestApp;
let admin: string;

const start = (yaml: string) => startTestApp({ database, config: yaml, env: { ...SHARED_ENV, MASTER } });

beforeAll(async () => {
  database = await startAppDatabase();
  app = await start(OPEN);
  admin = app.key;
});
afterAll(async () => {
  await app?.close();
  await database?.close();
});

async function restart(yaml: string): Promise<void> {
  await app.close();
  app = await start(yaml);
}

const api = async (path: string, body?: object): Promise<string> => {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${admin}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

async function storedKeys(): Promise<number[]> {
  const { rows } = await database.storage.pool.query<{ length: number; begins: number }>(
    "select length(key) as length, get_byte(key, 3) as begins from audit_keys where key is not null",
  );
  return rows.map(({ length, begins }) => (length === 32 ? 0 : begins));
}

/** Whether what is personal about the user's key can be read. */
async function readsPersonal(user: string): Promise<boolean> {
  const { entries } = JSON.parse(await api("/audit/entries?action=key.create&limit=50")) as {
    entries: { id: string }[];
  };
  const shown = await Promise.all(entries.map(({ id }) => api(`/audit/entries/${id}`)));
  return shown.some((entry) => entry.includes(`"user":"${user}"`));
}

test("keys of the audit trail that lay in clear are wrapped at the next start, follow a rotation, and open all the same", async () => {
  await api("/keys", { name: "of ada", user: "ada", scopes: ["call"] });
  expect(await readsPersonal("ada")).toBe(true);
  const before = await storedKeys();
  expect(before.length).toBeGreaterThan(0);
  expect(new Set(before)).toEqual(new Set([0]));
  await restart(SEALED);
  expect(new Set(await storedKeys())).toEqual(new Set([1]));
  expect(await readsPersonal("ada")).toBe(true);
  await api("/keys", { name: "of bob", user: "bob", scopes: ["call"] });
  expect(new Set(await storedKeys())).toEqual(new Set([1]));
  await api("/vault/rotate", {});
  await api("/vault/rotate", {});
  expect(new Set(await storedKeys())).toEqual(new Set([3]));
  // The wrapping keys that wrapped them are gone by now.
  await api("/vault/rotate", {});
  expect([await readsPersonal("ada"), await readsPersonal("bob")]).toEqual([true, true]);
  await restart(OPEN);
  expect([await readsPersonal("ada"), await readsPersonal("bob")]).toEqual([true, true]);
});

const chat = (text: string, more: object = {}, headers: Record<string, string> = {}) =>
  app.chat({ model: "sim/sim-instant", messages: [{ role: "user", content: text }], ...more }, { key: admin, headers });

async function bytesIn(table: string): Promise<Buffer> {
  const { rows } = await database.storage.pool.query<{ body: Buffer }>(`select body from ${table}`);
  return Buffer.concat(rows.map(({ body }) => body));
}

test("an answer that waits for an approval, and one that is kept to be given again, are sealed where they lie", async () => {
  await restart(SEALED);
  const tools = [
    { type: "function", function: { name: `send_${SECRET}`, parameters: { type: "object", properties: {} } } },
  ];
  const refused = await chat("Send it.", { tools, tool_choice: "required" });
  expect(refused.status).toBe(403);
  const held = await bytesIn("approvals_held");
  expect([held.length > 0, held.includes(SECRET)]).toEqual([true, false]);
  const [, id = ""] = /asked for as ([0-9a-f-]{36})/.exec(await refused.text()) ?? [];
  const { secret } = JSON.parse(await api("/keys", { name: "a reviewer", roles: ["reviewer"] })) as { secret: string };
  const decided = await fetch(`${app.url}/api/v1/approvals/${id}/decide`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ decision: "approve" }),
  });
  expect(decided.status).toBe(200);
  expect(await (await chat("Send it.", { tools, tool_choice: "required" })).text()).toContain(SECRET);

  const first = await (await chat(`Say ${SECRET}.`)).text();
  await until(async () => (await bytesIn("gateway_cache_answers")).length > 0);
  const kept = await bytesIn("gateway_cache_answers");
  expect(kept.includes("chat.completion")).toBe(false);
  await restart(SEALED);
  // A process hears what others kept soon after it has started, not at once.
  const ask = () => chat(`Say ${SECRET}.`, {}, { "x-binnacle-cache": "only-if-cached" });
  let again = await ask();
  await until(async () => again.status === 200 || (again = await ask()).status === 200);
  expect(again.headers.get("x-binnacle-cache")).toContain("hit");
  expect((JSON.parse(await again.text()) as { choices: unknown }).choices).toEqual(
    (JSON.parse(first) as { choices: unknown }).choices,
  );
});
