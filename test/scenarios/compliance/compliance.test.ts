// Compliance reports over the whole program: what was done is found where it should be, and only there.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../../client/index.ts";
import type { Evidence, Report } from "../../../src/compliance/contract.ts";
import { digestOf } from "../../../src/compliance/index.ts";
import { startAppDatabase } from "../../support/app-database.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import type { TestDatabase } from "../../support/database.ts";
import { until } from "../../support/until.ts";

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&`;
const DAY_MS = 86_400_000;
const CONFIG = `
vault: { enabled: true, changes_interval: 20ms }
ledger: { retention: { records: 200d, projects: { play: { records: 30d } } } }
guardrails:
  policies:
    personal: { checks: [{ kinds: [email], on: [input], mode: mask }] }
gateway:
  routes:
    europe: { targets: [{ target: sim/sim-instant, region: eu-west, data_classes: [internal] }] }
`;
const NOT_SMALL = `
@id("no-small")
@why("small models are not for us")
forbid (principal, action == Action::"use_target", resource)
when { resource.model == "sim-small" };
`;

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await startAppDatabase();
  app = await startTestApp({ database, config: CONFIG });
});
afterAll(async () => {
  await app?.close();
  await database?.close();
});

const get = (path: string, key = app.key): Promise<Response> =>
  fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
const report = (framework: string): Promise<Report> => app.client.compliance.report({ framework });
const evidence = (id: string): Promise<Evidence> => app.client.compliance.evidence({ id });
const rowsOf = ({ tables }: Evidence): string[] => tables.flatMap(({ rows }) => rows.map((row) => row.join(" | ")));
const factOf = ({ facts }: Evidence, wanted: string) => facts.find(({ name }) => name === wanted)?.value;

async function ask(model: string, text: string, user = "ada"): Promise<number> {
  const body = { model, messages: [{ role: "user", content: text }] };
  const response = await app.chat(body, { headers: { "x-binnacle-user": user } });
  await response.text();
  return response.status;
}

describe("before anything happened", () => {
  test("a report of every framework says that there is nothing, and nothing fails", async () => {
    const { frameworks } = await app.client.compliance.frameworks();
    expect(frameworks.map(({ id }) => id)).toEqual(["eu-ai-act", "gdpr", "hipaa", "soc2", "iso-42001"]);
    for (const { id, controls } of frameworks) {
      const made = await report(id);
      const wanted = new Set(controls.flatMap((control) => control.evidence));
      expect(made.evidence.map((each) => each.id).sort()).toEqual([...wanted].sort());
      expect(made.evidence.filter(({ says }) => says.startsWith("This could not be found out"))).toEqual([]);
    }
    for (const id of ["switches", "approvals", "erasures", "disclosures", "guardrails"])
      expect((await evidence(id)).finding).toBe("no_data");
  });
});

describe("what was done is in the evidence", () => {
  test("a key that nobody used for long, and who may change everything", async () => {
    const { id } = await app.client.keys.create({ name: HOSTILE });
    const before = await evidence("unused_access");
    expect(before.finding).toBe("met");
    await database.storage.pool.query(
      "update governance_keys set created_at = now() - interval '100 days' where id = $1",
      [id],
    );
    const after = await evidence("unused_access");
    expect(after).toMatchObject({ finding: "not_met", expects: "No key that works has gone unused for 90 days." });
    expect(rowsOf(after)).toEqual([expect.stringContaining(id)]);
    const who = await evidence("access");
    expect(rowsOf(who)[0]).toContain("first admin key");
    await app.client.keys.revoke({ id });
    expect((await evidence("unused_access")).finding).toBe("met");
  });

  test("changes with who made them", async () => {
    await app.client.users.create({ name: "grace", roles: ["auditor"] });
    const found = await evidence("changes");
    expect(found.finding).toBe("for_a_person");
    expect(rowsOf(found)).toContainEqual(expect.stringMatching(/first admin key \| key \| key\.create/));
    expect(rowsOf(found)).toContainEqual(expect.stringMatching(/first admin key \| key \| user\.create \| user/));
    expect(rowsOf(await evidence("access"))).toContainEqual("grace | default | auditor | ");
  });

  test("a call that a policy refused, by that policy, and a caller whom nobody knows", async () => {
    const { version } = await app.client.policies.propose({ files: [{ name: "own.cedar", text: NOT_SMALL }] });
    await app.client.policies.activate({ number: version?.number ?? 0 });
    expect(await ask("sim/sim-small", "hello")).toBe(403);
    expect((await get("/api/v1/status", "bk_wrong")).status).toBe(401);
    await until(async () => (await evidence("refusals")).finding === "met" && (await refused()) >= 2);
    const found = await evidence("refusals");
    expect(rowsOf(found)).toContainEqual(expect.stringMatching(/\| call \| model .*no-small/));
    expect(factOf(found, "of unknown callers")).toBe(1);
    expect(await evidence("policies")).toMatchObject({ finding: "not_met" });
  });

  test("an approval with who decided, and a kill switch with why", async () => {
    const { secret } = await app.client.keys.create({ name: "agent", scopes: ["call"] });
    const agent = createClient({ url: app.url, key: secret });
    const wish = {
      what: `Deploy ${HOSTILE}`,
      action: "deploy",
      resource: { type: "route", id: "chat" },
      payload_hash: "a",
    };
    const { id } = await agent.approvals.ask(wish);
    expect((await evidence("approvals")).says).toContain("1 waiting");
    await app.client.approvals.decide({ id, decision: "approve" });
    const approved = await evidence("approvals");
    expect(approved.finding).toBe("met");
    expect(rowsOf(approved)).toEqual([
      expect.stringMatching(/agent \| Deploy .* approved \| first admin key \(approve\)/),
    ]);
    const off = await app.client.switches.throw({
      kind: "model",
      name: "nobody/uses-this",
      reason: `because ${HOSTILE}`,
    });
    await app.client.switches.lift({ id: off.id });
    expect(rowsOf(await evidence("switches"))).toEqual([
      expect.stringContaining("nobody/uses-this | because <script>"),
    ]);
  });

  test("what was masked, what left to whom, and that every call is on record and on the trail", async () => {
    expect(await ask("europe", "write to ada@example.com")).toBe(200);
    await until(async () => (await evidence("guardrails")).finding === "met");
    expect(rowsOf(await evidence("guardrails"))).toContainEqual("personal | email | masked | input | sim | 1");
    await until(async () => (await evidence("disclosures")).finding === "for_a_person");
    const [row] = rowsOf(await evidence("disclosures"));
    expect(row).toContain("eu-west | internal");
    await until(async () => (await evidence("records")).finding === "met");
    expect(factOf(await evidence("records"), "calls on record")).toBe(2);
  });

  test("an erasure with its certificate, and a hold", async () => {
    await app.client.vault.hold({ subject: { user: "held" }, reason: HOSTILE });
    await app.client.vault.erase({ subject: { user: "ada" }, reason: "request of today" });
    const found = await evidence("erasures");
    expect(found.finding).toBe("met");
    expect(rowsOf(found)).toEqual([
      expect.stringMatching(/first admin key \| request of today .* holds/),
      expect.stringContaining("user held"),
    ]);
    expect((await evidence("sealing")).finding).toBe("met");
    await app.client.vault.rotate();
    expect(rowsOf(await evidence("sealing"))).toEqual([expect.stringContaining("vault.rotate")]);
  });

  test("whether records are kept long enough, exceptions included", async () => {
    expect((await evidence("retention")).finding).toBe("for_a_person");
    expect(await evidence("retention:20d")).toMatchObject({ finding: "met" });
    expect(await evidence("retention:184d")).toMatchObject({
      finding: "not_met",
      expects: "Records are kept for 184 days or more.",
    });
  });

  test("that the trail holds, and that it does not once somebody altered it", async () => {
    await until(async () => (await evidence("trail")).finding === "met");
    const { pool } = database.storage;
    await pool.query("alter table audit_entries disable trigger all");
    await pool.query(
      `update audit_entries set leaf = replace(leaf, 'user.create', 'user.delete')
       where id = (select id from audit_entries where action = 'user.create' limit 1)`,
    );
    expect(await evidence("trail")).toMatchObject({ finding: "not_met" });
    await pool.query(
      `update audit_entries set leaf = replace(leaf, 'user.delete', 'user.create')
       where id = (select id from audit_entries where action = 'user.delete' limit 1)`,
    );
    expect(await evidence("trail")).toMatchObject({ finding: "met" });
  });
});

const refused = async (): Promise<number> => Number(factOf(await evidence("refusals"), "refused"));

describe("a report", () => {
  test("has a hash that others can make again, and is on the audit trail under it", async () => {
    const made = await report("soc2");
    const { sha256, ...rest } = made;
    expect(digestOf(rest)).toBe(sha256);
    expect(Object.values(made.counts).reduce((sum, count) => sum + count)).toBe(made.evidence.length);
    const { entries } = await app.client.audit.list({ action: "compliance.report", limit: 1 });
    expect(entries).toMatchObject([
      { actor: { name: "first admin key" }, resource: { id: "soc2" }, outcome: "ok", details: { sha256 } },
    ]);
  });

  test("is about its time alone", async () => {
    const untilMs = Date.now() - DAY_MS;
    const before = await app.client.compliance.report({ framework: "gdpr", until_ms: untilMs });
    for (const id of ["disclosures", "erasures", "guardrails", "records"])
      expect(before.evidence.find((each) => each.id === id)?.finding).toBe("no_data");
  });

  test("as a page has nothing in it that runs or is fetched, whatever names there are", async () => {
    const response = await get("/api/v1/compliance/reports/soc2?format=html");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toMatch(/<(script|img|link|iframe|object)/i);
    expect(page).not.toMatch(/<[^>]*\s(?:src|on\w+|style)=|url\(|@import/i);
    expect(page).toContain("It does not say that anybody complies");
  });

  test("is for who may read the audit trail", async () => {
    const caller = await app.client.keys.create({ name: "caller", scopes: ["call"] });
    const auditor = await app.client.keys.create({ name: "auditor", scopes: ["read"], roles: ["auditor"] });
    for (const format of ["json", "html"]) {
      const path = `/api/v1/compliance/reports/gdpr?format=${format}`;
      expect((await get(path, caller.secret)).status).toBe(403);
      expect((await get(path, "bk_wrong")).status).toBe(401);
      expect((await get(path, auditor.secret)).status).toBe(200);
    }
  });

  test.each([
    ["reports/nothing", 404, "compliance.unknown_framework"],
    ["reports/nothing?format=html", 404, "compliance.unknown_framework"],
    ["reports/gdpr?since_ms=2&until_ms=1", 400, "compliance.bad_period"],
    ["reports/gdpr?since_ms=0", 400, "compliance.bad_period"],
    ["reports/gdpr?format=pdf", 400, "BAD_REQUEST"],
    ["reports/gdpr?format=html&format=json", 400, "BAD_REQUEST"],
    ["evidence/access?format=html", 400, "BAD_REQUEST"],
    ["evidence/retention:0d", 404, "compliance.unknown_evidence"],
    ["evidence/access:10d", 404, "compliance.unknown_evidence"],
    ["evidence/constructor", 404, "compliance.unknown_evidence"],
  ])("%s is refused with %d", async (path, status, code) => {
    const response = await get(`/api/v1/compliance/${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});
