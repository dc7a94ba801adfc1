import { describe, expect, test } from "bun:test";
import { emptySources } from "../compliance.fixture.ts";
import type { Evidence } from "../contract.ts";
import type { ApprovalFact, ErasureFact, KeyFact, Sources, TrailEntry } from "../sources.ts";
import { isChange } from "./authority/changes.ts";
import { isUnused, worksAt } from "./authority/working-keys.ts";
import { collect, parseEvidenceId } from "./collectors.ts";

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

function ask(id: string, changes: Partial<Sources> = {}, bounds: object = {}): Promise<Evidence> {
  const parsed = parseEvidenceId(id);
  if (!parsed) throw new Error(`no such evidence: ${id}`);
  return collect(id, parsed, {
    sources: emptySources(changes),
    since_ms: NOW - 30 * DAY_MS,
    until_ms: NOW,
    now_ms: NOW,
    rows_max: 10,
    keys_max: 100,
    unused_after_ms: 90 * DAY_MS,
    verify_entries_max: 100,
    ...bounds,
  });
}

const key = (changes: Partial<KeyFact> = {}): KeyFact => ({
  id: "k1",
  name: "key",
  user: null,
  organisation: "default",
  roles: ["member"],
  created_at_ms: NOW - 200 * DAY_MS,
  last_used_at_ms: null,
  expires_at_ms: null,
  revoked_at_ms: null,
  disabled: false,
  ...changes,
});

const approval: ApprovalFact = {
  id: "a",
  state: "approved",
  what: "deploy",
  action: "deploy",
  resource: { type: "route", id: "chat" },
  organisation: "default",
  asked_by: "ada",
  created_at_ms: NOW - DAY_MS,
  settled_at_ms: NOW - DAY_MS + 90_000,
  settled_by: "votes",
  on_silence: "refuse",
  votes: [{ by: "bob", decision: "approve", at_ms: NOW, is_own: false }],
};

describe("keys", () => {
  test.each([
    ["works", {}, true],
    ["is switched off", { disabled: true }, false],
    ["was revoked", { revoked_at_ms: NOW - 1 }, false],
    ["is past its time", { expires_at_ms: NOW }, false],
    ["has time left", { expires_at_ms: NOW + 1 }, true],
  ])("one that %s", (_, changes, works) => expect(worksAt(key(changes), NOW)).toBe(works));

  test("are unused by their last use, or by their age where there was none", () => {
    expect(isUnused(key(), NOW, 90 * DAY_MS)).toBe(true);
    expect(isUnused(key({ last_used_at_ms: NOW - DAY_MS }), NOW, 90 * DAY_MS)).toBe(false);
    expect(isUnused(key({ created_at_ms: NOW - DAY_MS }), NOW, 90 * DAY_MS)).toBe(false);
  });

  test("more than are looked at are no reason to say that all is well", async () => {
    const keys = async () => ({ items: [key({ last_used_at_ms: NOW })], is_cut: true });
    expect(await ask("unused_access", { keys })).toMatchObject({ finding: "for_a_person" });
  });

  test("tables have no more rows than they may, and say so", async () => {
    const keys = async () => ({ items: Array.from({ length: 30 }, (_, at) => key({ id: `k${at}` })), is_cut: false });
    const { tables } = await ask("access", { keys });
    expect(tables[0]).toMatchObject({ is_cut: true });
    expect(tables[0]?.rows.length).toBe(10);
  });
});

describe("entries of the trail", () => {
  test.each(["key.create", "vault.erase", "state.apply", "throw_switch", "policy.activate"])(
    "%s is a change",
    (action) => expect(isChange({ action, outcome: "ok" })).toBe(true),
  );
  test.each([
    "call",
    "call.embeddings",
    "bodies.read",
    "audit.personal.read",
    "records.export",
    "session.open",
    "compliance.report",
  ])("%s is none", (action) => expect(isChange({ action, outcome: "ok" })).toBe(false));

  test("a change has the approvals that it names, or that others gave of the same, and one without a name is found", async () => {
    const entry = (kind: string, details: TrailEntry["details"]): TrailEntry => ({
      id: kind,
      at_ms: NOW - 1,
      action: "route.put",
      actor: { kind, id: "a", name: "ada", organisation: "default" },
      on_behalf_of: null,
      resource: { type: "route", id: "chat" },
      organisation: "default",
      outcome: "ok",
      policies: [],
      details,
    });
    const trailWith = (...items: TrailEntry[]) => ({
      trail: {
        ...emptySources().trail,
        tally: async () => [{ action: "route.put", outcome: "ok", count: items.length }],
        list: async () => ({ items, is_cut: false }),
      },
    });
    const named = await ask("changes", trailWith(entry("key", { approval_id: "ap-1" })));
    expect(named).toMatchObject({ finding: "for_a_person" });
    expect(named.tables[1]?.rows[0]).toContain("ap-1");
    expect(await ask("changes", trailWith(entry("unknown", null)))).toMatchObject({ finding: "not_met" });
    const asked = { items: [{ ...approval, id: "ap-2" }], is_cut: false };
    const ofSame = await ask("changes", { ...trailWith(entry("key", null)), approvals: async () => asked });
    expect(ofSame.tables[1]?.rows[0]).toContain("approved by bob (ap-2)");
    const second = { ...entry("key", null), id: "e-2", action: "policies.approved" };
    const by = (id: string): TrailEntry => ({ ...second, actor: { ...second.actor, id, name: id } });
    const byOther = await ask("changes", trailWith(entry("key", null), by("bob")));
    expect(byOther.tables[1]?.rows[0]).toContain("approved by bob (e-2)");
    const byOneself = await ask("changes", trailWith(entry("key", null), by("a")));
    expect(byOneself.tables[1]?.rows[0]?.at(-1)).toBeNull();
  });
});

describe("approvals", () => {
  const given = (changes: Partial<ApprovalFact>) => ({
    approvals: async () => ({ items: [{ ...approval, ...changes }], is_cut: false }),
  });

  test("by another are as they should be, with how long they took", async () => {
    const found = await ask("approvals", given({}));
    expect(found.finding).toBe("met");
    expect(found.facts).toContainEqual({ name: "minutes to a decision, median", value: 1.5 });
  });

  test("by silence, or by who asked, are for a person to look at", async () => {
    expect((await ask("approvals", given({ settled_by: "silence", votes: [] }))).finding).toBe("for_a_person");
    const own = [{ by: "ada", decision: "approve", at_ms: NOW, is_own: true }];
    expect((await ask("approvals", given({ votes: own }))).finding).toBe("for_a_person");
    expect((await ask("approvals", given({ settled_by: "silence", state: "refused", votes: [] }))).finding).toBe("met");
  });
});

describe("retention", () => {
  const kept = async (changes: object) => ({
    retention: async () => ({ ...(await emptySources().retention()), ...changes }),
  });

  test.each([
    ["long enough", {}, "retention:184d", "met"],
    ["too short", { records_ms: 100 * DAY_MS }, "retention:184d", "not_met"],
    [
      "too short for one project",
      { overrides: [{ what: "project play", records_ms: DAY_MS, bodies_ms: null }] },
      "retention:184d",
      "not_met",
    ],
    ["long enough, as long as the disk lets it", { disk_max_bytes: 10 }, "retention:184d", "for_a_person"],
    [
      "cut by the disk",
      { disk_max_bytes: 10, sweeps: [{ at_ms: NOW - 1, part: "records", day: null, why: "disk", rows: 1, bytes: 1 }] },
      "retention:184d",
      "not_met",
    ],
    ["without a least time", {}, "retention", "for_a_person"],
  ])("%s", async (_, changes, id, finding) => {
    expect((await ask(id, await kept(changes))).finding).toBe(finding as Evidence["finding"]);
  });
});

describe("what is signed", () => {
  test("an erasure whose certificate does not hold is told of, and one outside the time is not", async () => {
    const erasure: ErasureFact = {
      id: "c",
      at_ms: NOW - 1,
      subject: "hash",
      reason: "asked",
      keys_destroyed: 1,
      records: 2,
      by: "ada",
      is_genuine: false,
    };
    const vaultWith = (changes: Partial<ErasureFact>) => ({
      vault: { ...emptySources().vault, erasures: async () => [{ ...erasure, ...changes }] },
    });
    expect((await ask("erasures", vaultWith({}))).finding).toBe("not_met");
    expect((await ask("erasures", vaultWith({ is_genuine: true }))).finding).toBe("met");
    expect((await ask("erasures", vaultWith({ at_ms: NOW }))).finding).toBe("no_data");
  });

  test("a trail that is too long to be verified is left to a person, one with a fault is not met", async () => {
    const { trail } = emptySources();
    const state = async () => ({ ...(await trail.state()), size: 101, checkpoint: "signed", signed_at_ms: NOW });
    const verify = () => Promise.reject(new Error("asked all the same"));
    expect(await ask("trail", { trail: { ...trail, state, verify } })).toMatchObject({ finding: "for_a_person" });
    const wrong = async () => ({ ok: false, entries: 101, findings: [{ kind: "altered" }], more: 0 });
    const found = await ask("trail", { trail: { ...trail, state, verify: wrong } }, { verify_entries_max: 200 });
    expect(found).toMatchObject({ finding: "not_met" });
    expect(found.tables[0]?.rows).toEqual([["altered"]]);
  });
});

describe("what is running", () => {
  test("alerts that still fire are for a person, no rule at all is not met", async () => {
    const { incidents } = emptySources();
    const rules = async () => [{ name: "r", kind: "k", enabled: true }];
    const open = async () => [{ rule: "r", state: "firing", severity: "critical", since_ms: NOW }];
    expect((await ask("incidents")).finding).toBe("not_met");
    expect((await ask("incidents", { incidents: { ...incidents, rules } })).finding).toBe("met");
    expect((await ask("incidents", { incidents: { ...incidents, rules, open } })).finding).toBe("for_a_person");
  });

  test("calls on record and on the trail are held against each other", async () => {
    const { records, trail } = emptySources();
    const calls = async () => ({ records: 3, failed: 0, refused: 0 });
    const tally = async () => [
      { action: "call", outcome: "ok", count: 2 },
      { action: "call.embeddings", outcome: "ok", count: 1 },
    ];
    const given = { records: { ...records, calls }, trail: { ...trail, tally } };
    expect((await ask("records", given)).finding).toBe("met");
    expect((await ask("records", { ...given, trail })).finding).toBe("for_a_person");
  });

  test("checks that could not be made are for a person", async () => {
    const guardrails = () => [{ name: "g", checks: [{ kind: "email", mode: "mask" }] }];
    const findings = (outcome: string) => async () => ({
      items: [{ name: "g", kind: "email", outcome, side: "input", vendor: "v", count: 2 }],
      is_cut: false,
    });
    expect((await ask("guardrails", { guardrails })).finding).toBe("no_data");
    expect((await ask("guardrails", { guardrails, findings: findings("masked") })).finding).toBe("met");
    expect((await ask("guardrails", { guardrails, findings: findings("failed") })).finding).toBe("for_a_person");
    expect((await ask("guardrails")).finding).toBe("not_met");
  });

  test("calls that never left are no disclosure", async () => {
    const fact = { model: "m", project: null, records: 2, input_tokens: 1, output_tokens: 1 };
    const sent = async () => ({
      items: [
        { ...fact, vendor: null },
        { ...fact, vendor: "v" },
      ],
      is_cut: false,
    });
    const places = async () => new Map([["m at v", { regions: ["eu"], data_classes: ["internal"] }]]);
    const found = await ask("disclosures", { disclosures: { sent, places } });
    expect(found.tables[0]?.rows).toEqual([["v", "m", null, "eu", "internal", 2, 1, 1]]);
    expect(found.facts).toContainEqual({ name: "calls that stayed here", value: 2 });
  });
});
