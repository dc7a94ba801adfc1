// A version's way: draft, review, approved where two persons are asked for, active, retired; and back. Each step is one
// transaction, and what it may not do is refused with what is needed for it.
import type { World } from "../../kernel/index.ts";
import { createWithDatabase, type Storage, type WithDatabase } from "../../storage/index.ts";
import { isCaseFile, readCaseFiles } from "../cases/case-files.ts";
import type { PolicyCase } from "../cases/read-cases.ts";
import { runCases } from "../cases/try-cases.ts";
import type { PolicyConfig } from "../config.ts";
import type { Subject } from "../contract.ts";
import { type Active, type Candidate, contentOf } from "../engine/active.ts";
import type { PolicyText } from "../engine/policy-text.ts";
import { policyErrors } from "../errors.ts";
import { noAudit, type PolicyAudit } from "./audit.ts";
import type { PolicyTrial, VersionState } from "./contract.ts";
import { requireSomebody } from "./lock-out.ts";
import type { StoredEvent, StoredVersion, VersionStore, VersionWriting, Who } from "./store.ts";

/** Who changes policies. */
export interface Author extends Who {
  subject: Subject;
}

export type Proposed = StoredVersion & Pick<Candidate["engine"], "policies">;

export interface Versions {
  list(limit: number): Promise<StoredVersion[]>;
  /** Throws `policy.version_unknown`. */
  get(number: number): Promise<{ version: StoredVersion; events: StoredEvent[] }>;
  /** Holds it to the schema and the bounds; throws as compiling does, and `policy.locks_out`. */
  check(texts: readonly PolicyText[], by: Subject): Candidate["engine"]["policies"];
  propose(version: { texts: PolicyText[]; note: string; isDraft: boolean }, by: Author): Promise<Proposed>;
  /** Tries the cases among these files, or of a version, on the policies beside them. Throws as proposing does. */
  test(of: { texts: readonly PolicyText[] } | { number: number }, by: Author): Promise<PolicyTrial>;
  submit(number: number, by: Author): Promise<StoredVersion>;
  approve(number: number, by: Author): Promise<StoredVersion>;
  /** Throws `policy.cases_fail`. */
  activate(number: number, by: Author): Promise<StoredVersion>;
  /** Undefined where the shipped policies are alone from now on. */
  rollBack(to: "previous" | "shipped", by: Author): Promise<StoredVersion | undefined>;
}

export interface VersionsDeps {
  active: Active;
  store: VersionStore;
  storage: Pick<Storage, "isAvailable">;
  world: Pick<World, "log">;
  audit?: PolicyAudit | undefined;
  /** Takes over what was activated here at once. */
  look(): Promise<void>;
}

export function createVersions(config: PolicyConfig, deps: VersionsDeps): Versions {
  const { store } = deps;
  const withDatabase = createWithDatabase(deps.storage.isAvailable, policyErrors.unavailable);
  const { check, checkAll, test, step } = createSteps(config, { ...deps, withDatabase });

  return {
    list: (limit) => withDatabase(() => store.list(limit)),
    get: (number) =>
      withDatabase(async () => ({
        version: known(number, await store.find(number)),
        events: await store.events(number),
      })),
    check: checkAll,
    async test(of, by) {
      if ("texts" in of) return test(of.texts, by.subject);
      const { texts, content } = known(of.number, await withDatabase(() => store.find(of.number)));
      return test(texts, by.subject, content);
    },
    async propose({ texts, note, isDraft }, by) {
      const policies = checkAll(texts, by.subject);
      const content = contentOf(texts);
      return step("proposed", by, async (writing) => {
        const state = isDraft ? "draft" : "review";
        const written = await writing.insert({ state, texts, content, note }, by);
        await writing.sweep(config.versions_max);
        return { number: written.number, result: { ...written, policies } };
      });
    },
    submit: (number, by) =>
      step("submitted", by, async (writing) => {
        await requireState(writing, number, { of: ["draft"], what: "given to review" });
        await writing.setState(number, "review");
        return { number, result: known(number, await writing.find(number)) };
      }),
    approve: (number, by) =>
      step("approved", by, async (writing) => {
        const version = await requireState(writing, number, { of: ["review"], what: "approved" });
        requireOther(version, by);
        await writing.approve(number, by);
        return { number, result: known(number, await writing.find(number)) };
      }),
    activate: (number, by) =>
      step("activated", by, async (writing) => {
        const version = await requireState(writing, number, { of: ["review"], what: "activated" });
        if (config.two_persons && version.approvedBy === null)
          throw policyErrors.needs_second_person({ number, why: "nobody has approved it" });
        // The schema may have changed since it was proposed.
        requireCases(number, await test(version.texts, by.subject, version.content));
        await replace(writing, number);
        return { number, result: known(number, await writing.find(number)) };
      }),
    rollBack: (to, by) =>
      step("rolled_back", by, async (writing) => {
        const from = writing.active;
        const number = to === "shipped" ? undefined : await writing.previous();
        if (from === null || (to === "previous" && number === undefined)) throw policyErrors.nothing_before({});
        const version = number === undefined ? undefined : known(number, await writing.find(number));
        // What has decided before may again, whatever its cases say.
        if (version) check(version.texts, by.subject, version.content);
        await replace(writing, version?.number ?? null);
        return { number: from, result: version && { ...version, state: "active" as const } };
      }),
  };
}

/** What each step of a version's way does besides. */
function createSteps(config: PolicyConfig, deps: VersionsDeps & { withDatabase: WithDatabase }) {
  const { store, active, withDatabase, audit = noAudit } = deps;
  const { log } = deps.world;

  function check(texts: readonly PolicyText[], by: Subject, checkedAs?: string) {
    const { engine } = active.compile(texts, checkedAs);
    try {
      requireSomebody(engine, by);
      return engine.policies;
    } finally {
      engine.release();
    }
  }

  async function test(texts: readonly PolicyText[], by: Subject, checkedAs?: string): Promise<PolicyTrial> {
    const candidate = active.compile(texts, checkedAs);
    try {
      requireSomebody(candidate.engine, by);
      return await runCases(candidate, casesIn(texts));
    } finally {
      candidate.engine.release();
    }
  }

  /** Of texts within their bounds. Throws `policy.cases_unreadable` and `policy.too_large`. */
  function casesIn(texts: readonly PolicyText[]): PolicyCase[] {
    const cases = readCaseFiles(texts.filter(isCaseFile));
    if (cases.length > config.cases_max)
      throw policyErrors.too_large({
        what: "cases",
        size: cases.length,
        max: config.cases_max,
        key: "policy.cases_max",
      });
    return cases;
  }

  async function step<T>(event: string, by: Author, work: (writing: VersionWriting) => Promise<Step<T>>): Promise<T> {
    if (config.folder !== undefined) throw policyErrors.from_folder({ folder: config.folder });
    const done = await withDatabase(() =>
      store.change(async (writing) => {
        const step = await work(writing);
        await writing.note(step.number, event, by);
        await audit.record(writing.transaction, entryOf(`policy.${event}`, by, step.number));
        return step;
      }),
    );
    log.info({ policies: done.number, key_id: by.keyId }, `policies: ${event}`);
    await deps.look();
    return done.result;
  }

  /** Its cases, too: that they can be read. */
  function checkAll(texts: readonly PolicyText[], by: Subject) {
    const policies = check(texts, by);
    casesIn(texts);
    return policies;
  }

  return { check, checkAll, test, step };
}

/** Throws `policy.cases_fail`. */
function requireCases(number: number, { cases, failed }: PolicyTrial): void {
  const first = cases.find(({ ok }) => !ok);
  if (first)
    throw policyErrors.cases_fail({ number, failed, of: cases.length, such: `“${first.name}”: ${first.problem}` });
}

interface Step<T> {
  number: number;
  result: T;
}

async function replace(writing: VersionWriting, number: number | null): Promise<void> {
  if (writing.active !== null) await writing.setState(writing.active, "retired");
  if (number !== null) await writing.setState(number, "active");
  await writing.setActive(number);
}

async function requireState(
  writing: VersionWriting,
  number: number,
  { of, what }: { of: readonly VersionState[]; what: string },
): Promise<StoredVersion> {
  const version = known(number, await writing.find(number));
  if (of.includes(version.state)) return version;
  throw policyErrors.not_now({ number, state: version.state, what, needs: of.join(" or ") });
}

/** Another key of the same user is the same person. */
function requireOther({ number, proposedBy, proposedByUser }: StoredVersion, by: Who): void {
  const isSame = by.keyId === proposedBy || (proposedByUser !== null && by.user === proposedByUser);
  if (isSame) throw policyErrors.needs_second_person({ number, why: "who proposed it cannot approve it" });
}

function known(number: number, version: StoredVersion | undefined): StoredVersion {
  if (!version) throw policyErrors.version_unknown({ number });
  return version;
}

function entryOf(action: string, { subject, keyName }: Author, number: number): Parameters<PolicyAudit["record"]>[1] {
  const { kind, id, organisation } = subject;
  return {
    action,
    actor: { kind, id, name: keyName, organisation },
    resource: { type: "policies", id: String(number) },
    organisation,
    outcome: "ok",
  };
}
