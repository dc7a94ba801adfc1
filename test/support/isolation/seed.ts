// Three organisations with everything in them: the installation's own and two tenants, a key for each role, users, teams, projects,
// calls with texts, spans, and caps. All names and texts say whose they are, so that one that turns up elsewhere is seen.
import { OWN_ORGANISATION, type RoleName, roleNames } from "../../../src/policy/contract.ts";
import type { BinnacleClient } from "../../../client/index.ts";
import { until } from "../until.ts";

export const organisations = [OWN_ORGANISATION, "acme", "globex"] as const;

/** In names, and in texts that were said. */
export const nameMark = (organisation: string): string => `namezz${organisation}zz`;
export const textMark = (organisation: string): string => `textzz${organisation}zz`;

export interface Seeded {
  organisation: string;
  keys: Record<RoleName, { id: string; secret: string }>;
  /** What paths may name, by the operation's family. */
  ids: Record<"calls" | "records" | "traces" | "sessions" | "keys" | "users" | "teams" | "projects", string>;
}

const TALKERS: readonly RoleName[] = ["owner", "developer", "member", "child"];

/** A program, and a client with its owner's key. */
export interface SeededApp {
  url: string;
  client: BinnacleClient;
}

export async function seed(app: SeededApp): Promise<Seeded[]> {
  const seeded: Seeded[] = [];
  for (const organisation of organisations) seeded.push(await seedOne(app, organisation));
  const expected = organisations.length * (TALKERS.length + 2);
  await until(async () => (await app.client.status()).ledger.projected_records >= expected);
  return seeded;
}

async function seedOne(app: SeededApp, organisation: string): Promise<Seeded> {
  const { client } = app;
  const name = nameMark(organisation);
  if (organisation !== OWN_ORGANISATION)
    await client.organisations.create({ name: organisation, limits: [{ requests: 90_000 }] });
  for (const kind of ["users", "teams", "projects"] as const)
    await client[kind].create({ name: `${name}-${kind}`, organisation, limits: [{ requests: 80_000 }] });
  const keys = {} as Seeded["keys"];
  for (const role of roleNames)
    keys[role] = await client.keys.create({
      name: `${name}-${role}`,
      organisation,
      roles: [role],
      user: role === "owner" ? `${name}-users` : `${name}-${role}`,
      team: `${name}-teams`,
      project: role === "developer" || role === "owner" ? `${name}-projects` : null,
      limits: [{ requests: 100_000 }],
    });
  // One that may be changed and revoked.
  const spare = await client.keys.create({ name: `${name}-spare`, organisation });
  for (const role of TALKERS) await talk(app, { organisation, role, key: keys[role].secret });
  const traceId = traceIdOf(organisation);
  await sendSpan(app, { organisation, traceId, key: keys.developer.secret });
  const own = { headers: { authorization: `Bearer ${keys.owner.secret}` } };
  const listed = (await (await fetch(`${app.url}/api/v1/calls`, own)).json()) as { calls: { id: string }[] };
  const callId = listed.calls[0]?.id ?? "";
  await score(app, { organisation, callId, key: keys.child.secret });
  return {
    organisation,
    keys,
    ids: {
      calls: callId,
      records: callId,
      traces: traceId,
      sessions: `${name}-session`,
      keys: spare.id,
      users: `${name}-users`,
      teams: `${name}-teams`,
      projects: `${name}-projects`,
    },
  };
}

async function talk(
  { url }: SeededApp,
  { organisation, role, key }: { organisation: string; role: RoleName; key: string },
): Promise<void> {
  const content = `${textMark(organisation)} said by ${role}`;
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${key}`,
      "x-binnacle-session": `${nameMark(organisation)}-session`,
      "x-binnacle-tags": nameMark(organisation),
    },
    body: JSON.stringify({ model: "sim/sim-instant", messages: [{ role: "user", content }] }),
  });
  await response.text();
  if (response.status !== 200) throw new Error(`${organisation}'s ${role} cannot call: ${response.status}`);
}

/** The last call is the child's, and so is the comment, which is a text. */
async function score(
  { url }: SeededApp,
  { organisation, callId, key }: { organisation: string; callId: string; key: string },
): Promise<void> {
  const response = await fetch(`${url}/api/v1/records/${callId}/scores`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({
      name: nameMark(organisation),
      value: 1,
      comment: `${textMark(organisation)} said by child`,
    }),
  });
  if (response.status !== 200) throw new Error(`scores are not taken: ${response.status} ${await response.text()}`);
}

/** The same place in each: 32 hex digits. */
function traceIdOf(organisation: string): string {
  return new Bun.CryptoHasher("sha256").update(organisation).digest("hex").slice(0, 32);
}

async function sendSpan(
  { url }: SeededApp,
  { organisation, traceId, key }: { organisation: string; traceId: string; key: string },
): Promise<void> {
  const nanos = `${Date.now()}000000`;
  const attributes = [
    { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
    { key: "note", value: { stringValue: textMark(organisation) } },
  ];
  const span = {
    traceId,
    spanId: traceId.slice(0, 16),
    name: `${nameMark(organisation)}-span`,
    kind: 1,
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes,
  };
  const response = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  if (response.status !== 200) throw new Error(`spans are not taken: ${response.status} ${await response.text()}`);
}
