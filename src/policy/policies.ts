// The face of the policies: answers questions from memory by the active version, follows which one that is, and manages them.
// Nothing is allowed before it has started, nor where the active version cannot be read.
import type { World } from "../kernel/index.ts";
import { createFollower, type Storage } from "../storage/index.ts";
import { createBreakGlass } from "./break-glass.ts";
import type { PolicyConfig } from "./config.ts";
import type { Decision, Question, Subject } from "./contract.ts";
import { type Active, type Candidate, createActive } from "./engine/active.ts";
import { type Cedar, loadCedar } from "./engine/cedar.ts";
import type { Mentions } from "./engine/mentions.ts";
import type { PolicyText } from "./engine/policy-text.ts";
import { createFollowing, type Source } from "./versions/following.ts";
import type { PolicyAudit } from "./versions/audit.ts";
import { createVersionStore } from "./versions/store.ts";
import { createVersions, type Versions } from "./versions/versions.ts";
import type { ActionName } from "./vocabulary/actions.ts";

export interface Policies {
  /** Loads Cedar, which takes a moment: worth doing while something else is waited for. `start` does it, too. */
  load(): Promise<void>;
  /** Reads the active policies, and follows them from then on. Throws where they are in a folder that cannot be used. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** From memory, in microseconds where such a question was asked before. Never throws: what cannot be decided is a no. */
  decide(question: Question): Decision;
  /** What the answers to an action depend on. Where it is not the resource, one question does for all; the rest need not be told. */
  looksAt(action: ActionName): Mentions;
  /** The same answers by other policies, beside those that are active. Throws as checking does. Release it in the end. */
  rehearse(texts: readonly PolicyText[], by: Subject): Rehearsal;
  active(): { source: Source; number: number | null; candidate: Candidate } | undefined;
  /** Throws `policy.unavailable` where there is no database. */
  versions: Versions;
  /** How old what is known here of changes may be; null before the start. */
  staleMs(): number | null;
}

export interface Rehearsal {
  decide(question: Question): Decision;
  looksAt(action: ActionName): Mentions | undefined;
  release(): void;
}

export interface PoliciesDeps {
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  /** Left out where there are only the shipped policies, or those of a folder. */
  storage?: Storage | undefined;
  audit?: PolicyAudit | undefined;
  /** The id of the key that may always mend policies. */
  breakGlassKey?: (() => string | undefined) | undefined;
}

export function createPolicies(config: PolicyConfig, deps: PoliciesDeps): Policies {
  const { world, storage = NO_STORAGE } = deps;
  let loaded: Cedar | undefined;
  const active: Active = createActive(config, { cedar: () => loaded ?? notLoaded(), nowMs: world.nowMs });
  const store = createVersionStore(storage);
  const following = createFollowing(config, { active, world, store: deps.storage ? store : undefined });
  const follower = createFollower(
    { intervalMs: config.changes_interval, isAvailable: storage.isAvailable, log: world.log, what: "policies" },
    following.see,
  );
  const versions = createVersions(config, { ...deps, storage, active, store, look: follower.look });
  const breakGlass = createBreakGlass(deps);

  async function load(): Promise<void> {
    loaded ??= await loadCedar();
    active.prepare();
  }

  return {
    load,
    async start() {
      await load();
      await following.begin();
      await follower.start();
    },
    async close() {
      await follower.close();
      active.close();
    },
    decide(question) {
      const decision = active.decide(question);
      return decision.allowed ? decision : (breakGlass(question) ?? decision);
    },
    looksAt: active.looksAt,
    rehearse(texts, by) {
      versions.check(texts, by);
      const { engine, decider } = active.compile(texts);
      return { decide: decider.decide, looksAt: engine.mentions, release: engine.release };
    },
    active() {
      const candidate = active.current();
      return candidate && { ...following.current(), candidate };
    },
    versions,
    staleMs: following.staleMs,
  };
}

function notLoaded(): never {
  throw new Error("policies are asked for before they are loaded");
}

const NO_STORAGE: Pick<Storage, "isAvailable" | "tables"> = {
  isAvailable: () => false,
  tables: () => notLoaded(),
};
