// A version's way: draft, review, approved where two persons are asked for, active, retired; and back. Each step is one
// transaction, and what it may not do is refused with what is needed for it.
import { isAppError, type World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { PolicyConfig } from "../config.ts";
import type { Subject } from "../contract.ts";
import { type Active, type Candidate, contentOf } from "../engine/active.ts";
import type { PolicyText } from "../engine/policy-text.ts";
import { policyErrors } from "../errors.ts";
import { noAudit, type PolicyAudit } from "./audit.ts";
import type { VersionState } from "./contract.ts";
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
  submit(number: number, by: Author): Promise<StoredVersion>;
  approve(number: number, by: Author): Promise<StoredVersion>;
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
  const { check, step } = createSteps(config, deps);

  return {
    list: (limit) => withDatabase(deps, () => store.list(limit)),
    get: (number) =>
      withDatabase(deps, async () => ({
        version: known(number, await store.find(number)),
        events: await store.events(number),
      })),
    check,
    async propose({ texts, note, isDraft }, by) {
      const policies = check(texts, by.subject);
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
        check(version.texts, by.subject, version.content);
        await replace(writing, number);
        return { number, result: known(number, await writing.find(number)) };
      }),
    rollBack: (to, by) =>
      step("rolled_back", by, async (writing) => {
        const from = writing.active;
        const number = to === "shipped" ? undefined : await writing.previous();
        if (from === null || (to === "previous" && number === undefined)) throw policyErrors.nothing_before({});
        const version = number === undefined ? undefined : known(number, await writing.find(number));
        if (version) check(version.texts, by.subject, version.content);
        await replace(writing, version?.number ?? null);
        return { number: from, result: version && { ...version, state: "active" as const } };
      }),
  };
}

/** What each step of a version's way does besides. */
function createSteps(config: PolicyConfig, deps: VersionsDeps) {
  const { store, active, audit = noAudit } = deps;
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

  async function step<T>(event: string, by: Author, work: (writing: VersionWriting) => Promise<Step<T>>): Promise<T> {
    if (config.folder !== undefined) throw policyErrors.from_folder({ folder: config.folder });
    const done = await withDatabase(deps, () =>
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

  return { check, step };
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

async function withDatabase<T>({ storage, world }: VersionsDeps, ask: () => Promise<T>): Promise<T> {
  if (!storage.isAvailable()) throw policyErrors.unavailable({});
  try {
    return await ask();
  } catch (error) {
    if (isAppError(error)) throw error;
    world.log.warn({ err: error }, "the database failed at policies");
    throw policyErrors.unavailable({}, error);
  }
}
