// Versions against a real database, and policies in a folder: two persons, races, lock-outs, and the way out.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { until } from "../../../test/support/until.ts";
import { createWorld } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import { policyConfigSchema } from "../config.ts";
import type { Question, Subject } from "../contract.ts";
import { policyMigrations } from "../migrations/index.ts";
import { createPolicies, type PoliciesDeps, type Policies } from "../policies.ts";
import type { Author } from "./versions.ts";

let database: TestDatabase;
const open: Policies[] = [];

beforeAll(async () => {
  database = await startMigratedDatabase("policy", [policyMigrations]);
}, 120_000);
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  await database.storage.pool.query("truncate policy_versions, policy_events");
  await database.storage.pool.query("update policy_state set revision = revision + 1, active = null");
});
afterAll(() => database.close());

async function start(config: object = {}, deps: Partial<PoliciesDeps> = {}): Promise<Policies> {
  const parsed = policyConfigSchema.parse({ changes_interval: 20, ...config });
  const policies = createPolicies(parsed, { world: createWorld(), storage: database.storage, ...deps });
  open.push(policies);
  await policies.start();
  return policies;
}

const owner = (id: string, user: string | null = null): Author => ({
  keyId: id,
  keyName: `${id}'s`,
  user,
  subject: { kind: "key", id, roles: ["owner"], organisation: "default", team: null, project: null, user },
});
const ann = owner("ann");
const bob = owner("bob");

const asks = (subject: Subject, action = "call"): Question => ({
  subject,
  action,
  resource: { type: action === "call" ? "model" : "installation", id: "m", organisation: "default" },
});
const NO_CALLS = [
  { name: "own.cedar", text: '@id("no-calls") forbid (principal, action == Action::"call", resource);' },
];
const version = (texts = NO_CALLS, isDraft = false) => ({ texts, note: "", isDraft });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );

describe("two persons", () => {
  test("are needed where that is set: nobody approves their own, with another key of theirs neither", async () => {
    const { versions } = await start({ two_persons: true });
    const ada = owner("ada-1", "ada");
    const { number } = await versions.propose(version(), ada);
    expect(await codeOf(versions.activate(number, bob))).toBe("policy.needs_second_person");
    expect(await codeOf(versions.approve(number, ada))).toBe("policy.needs_second_person");
    expect(await codeOf(versions.approve(number, owner("ada-2", "ada")))).toBe("policy.needs_second_person");
    await versions.approve(number, bob);
    expect((await versions.activate(number, ada)).state).toBe("active");
    const { events } = await versions.get(number);
    expect(events.map(({ event, keyId }) => `${keyId} ${event}`)).toEqual([
      "ada-1 proposed",
      "bob approved",
      "ada-1 activated",
    ]);
  });
});

describe("a version", () => {
  test("goes its way in order, and one activation of many at once takes effect", async () => {
    const { versions, decide } = await start();
    const { number } = await versions.propose(version(NO_CALLS, true), ann);
    expect(await codeOf(versions.activate(number, ann))).toBe("policy.not_now");
    await versions.submit(number, ann);
    const all = await Promise.all(Array.from({ length: 10 }, () => codeOf(versions.activate(number, ann))));
    expect(all.toSorted()).toEqual(["done", ...Array<string>(9).fill("policy.not_now")]);
    expect(decide(asks(ann.subject)).policies).toEqual(["no-calls"]);
    expect(await codeOf(versions.activate(99, ann))).toBe("policy.version_unknown");
  });

  test("is followed by others, who go on with theirs while the database is away", async () => {
    let isAway = false;
    const storage: Storage = { ...database.storage, isAvailable: () => !isAway };
    const here = await start();
    const there = await start({}, { storage });
    isAway = true;
    const { number } = await here.versions.propose(version(), ann);
    await here.versions.activate(number, ann);
    expect(here.decide(asks(ann.subject)).allowed).toBe(false);
    expect(there.decide(asks(ann.subject)).allowed).toBe(true);
    expect(await codeOf(there.versions.list(1))).toBe("policy.unavailable");
    isAway = false;
    await until(() => Promise.resolve(!there.decide(asks(ann.subject)).allowed));
    expect(there.active()).toMatchObject({ source: "api", number });
  });

  test("is there at a start; one that is not understood any more allows nothing, but that it is rolled back", async () => {
    const first = await start();
    const { number } = await first.versions.propose(version(), ann);
    await first.versions.activate(number, ann);
    const second = await start({}, { breakGlassKey: () => "ann" });
    expect(second.decide(asks(bob.subject)).policies).toEqual(["no-calls"]);
    await database.storage.pool.query(`update policy_versions set texts = '[{"name":"own.cedar","text":"permit ("}]'`);
    const third = await start({}, { breakGlassKey: () => "ann" });
    expect(third.decide(asks(bob.subject, "read_status")).allowed).toBe(false);
    expect(third.decide(asks(ann.subject, "change_policies")).policies).toEqual(["builtin.break_glass"]);
    await third.versions.rollBack("shipped", ann);
    expect(third.decide(asks(bob.subject)).allowed).toBe(true);
  });

  test("has bounds, and old ones that are of no use go", async () => {
    const { versions } = await start({ versions_max: 2, files_max: 1, text_bytes_max: 200, policies_max: 1 });
    const twice = [...NO_CALLS, { name: "more.cedar", text: "" }];
    expect(await codeOf(versions.propose(version(twice), ann))).toBe("policy.too_large");
    const long = [{ name: "own.cedar", text: `// ${"x".repeat(300)}` }];
    expect(await codeOf(versions.propose(version(long), ann))).toBe("policy.too_large");
    const two = [{ name: "own.cedar", text: "permit (principal, action, resource);".repeat(2) }];
    expect(await codeOf(versions.propose(version(two), ann))).toBe("policy.too_large");
    for (let count = 0; count < 4; count += 1) await versions.propose(version(NO_CALLS, true), ann);
    expect((await versions.list(10)).map(({ number }) => number)).toEqual([4, 3]);
  });
});

describe("cases of a version", () => {
  const caseFile = (expected: "allow" | "deny", more = "") => ({
    name: "own.cases.yaml",
    text: `cases:
  - { name: members call, subject: { roles: [member] }, action: call, resource: { type: model }, expect: ${expected}${more} }
  - { name: auditors do not, subject: { roles: [auditor] }, action: call, resource: { type: model }, expect: deny }`,
  });

  test("are kept with its policies, decide nothing, and are told as they come out", async () => {
    const { versions } = await start();
    const texts = [...NO_CALLS, caseFile("allow")];
    const { number, content } = await versions.propose(version(texts), ann);
    expect((await versions.get(number)).version.texts).toEqual(texts);
    expect((await versions.propose(version(), ann)).content).toBe(content);
    const trial = await versions.test({ number }, ann);
    expect(trial).toMatchObject({
      cases: [
        { file: "own.cases.yaml", name: "members call", ok: false, allowed: false, policies: ["no-calls"] },
        { name: "auditors do not", ok: true, problem: "" },
      ],
      failed: 1,
      untouched: [],
    });
    expect(trial.cases[0]?.problem).toContain("expected allow, and it is deny");
    expect(await versions.test({ texts: [caseFile("allow")] }, ann)).toMatchObject({ failed: 0, untouched: [] });
    expect(await codeOf(versions.test({ number: 99 }, ann))).toBe("policy.version_unknown");
  });

  test("keep it from being activated while one fails, and a roll-back waits for none", async () => {
    const { versions, decide } = await start();
    const failing = await versions.propose(version([...NO_CALLS, caseFile("allow")]), ann);
    expect(await codeOf(versions.activate(failing.number, ann))).toBe("policy.cases_fail");
    expect(decide(asks(bob.subject)).allowed).toBe(true);
    const wrongPolicy = await versions.propose(version([...NO_CALLS, caseFile("deny", ", by: [other]")]), ann);
    expect(await codeOf(versions.activate(wrongPolicy.number, ann))).toBe("policy.cases_fail");
    const good = await versions.propose(version([...NO_CALLS, caseFile("deny", ", by: [no-calls]")]), ann);
    expect((await versions.activate(good.number, ann)).state).toBe("active");
    expect(decide(asks(bob.subject)).allowed).toBe(false);
    const next = await versions.propose(version(), ann);
    await versions.activate(next.number, ann);
    await database.storage.pool.query("update policy_versions set texts = $1 where number = $2", [
      JSON.stringify([...NO_CALLS, caseFile("allow")]),
      good.number,
    ]);
    expect((await versions.rollBack("previous", ann))?.number).toBe(good.number);
  });

  test("must be readable, and have a bound", async () => {
    const { versions } = await start({ cases_max: 1 });
    const told = await versions
      .propose(version([{ name: "own.cases.yaml", text: "cases:\n  - name: [" }]), ann)
      .catch((error: Error) => error.message);
    expect(told).toContain("own.cases.yaml, line 2");
    const propose = (text: string) => codeOf(versions.propose(version([{ name: "own.cases.yaml", text }]), ann));
    for (const text of [
      "cases: [",
      "cases: []",
      "",
      "- 1",
      "cases: [{ name: x, action: fly }]",
      "a: &a [*a, *a]",
      "cases: &c [*c]",
    ])
      expect(await propose(text)).toBe("policy.cases_unreadable");
    const twice = caseFile("deny").text.replace("subject: {", "subject: &s {").concat("\n  - { name: x, subject: *s }");
    expect(await propose(twice)).toBe("policy.cases_unreadable");
    for (const deep of ["[", "- ", "{a: "]) expect(await propose(deep.repeat(100_000))).toBe("policy.cases_unreadable");
    expect(await propose(caseFile("deny").text)).toBe("policy.too_large");
  });
});

describe("policies in a folder", () => {
  test("decide, are followed as they change, and are not changed by API", async () => {
    const folder = mkdtempSync(join(tmpdir(), "binnacle-policies-"));
    const write = (text: string) => writeFileSync(join(folder, "own.cedar"), text);
    write(NO_CALLS[0]?.text ?? "");
    const policies = await start({ folder });
    expect(policies.decide(asks(ann.subject)).policies).toEqual(["no-calls"]);
    expect(await codeOf(policies.versions.propose(version(), ann))).toBe("policy.from_folder");
    write("// nothing");
    await until(() => Promise.resolve(policies.decide(asks(ann.subject)).allowed));
    for (const text of ["permit (", "forbid (principal, action, resource);"]) {
      write(text);
      await Bun.sleep(60);
      expect(policies.decide(asks(ann.subject)).allowed).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });

  test("that cannot be used or would lock everyone out are refused at the start", async () => {
    expect(await codeOf(start({ folder: "/nowhere/at/all" }))).toBe("policy.folder_unusable");
    const folder = mkdtempSync(join(tmpdir(), "binnacle-policies-"));
    writeFileSync(join(folder, "own.cedar"), "forbid (principal, action, resource);");
    expect(await codeOf(start({ folder }))).toBe("policy.locks_out");
    rmSync(folder, { recursive: true });
  });
});

test("the break-glass key may mend policies and nothing else, and no other key may", async () => {
  const warned: object[] = [];
  const world = createWorld();
  const log = Object.assign(Object.create(world.log) as typeof world.log, {
    warn: (what: object) => void warned.push(what),
  });
  const policies = await start({}, { world: { ...world, log }, breakGlassKey: () => "first" });
  const nobody = (id: string): Subject => ({ ...ann.subject, id, roles: [] });
  expect(policies.decide(asks(nobody("first"), "change_policies")).policies).toEqual(["builtin.break_glass"]);
  expect(policies.decide(asks(nobody("first"), "change_keys")).allowed).toBe(false);
  expect(policies.decide(asks(nobody("second"), "change_policies")).allowed).toBe(false);
  expect(warned).toEqual([{ key_id: "first", action: "change_policies" }]);
});
