// The face of governance: identify a caller, admit a call, manage keys.
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { type AuditWriter, unaudited } from "../audit/index.ts";
import { createReplaceable, type World } from "../kernel/index.ts";
import type { Leases } from "../leases/index.ts";
import { OWN_ORGANISATION } from "../policy/index.ts";
import { readOrMakeSecretFile, type Storage } from "../storage/index.ts";
import { type Applying, createApplying } from "./apply/apply.ts";
import { createEntrySection } from "./apply/entry-section.ts";
import { createKeySection } from "./apply/key-section.ts";
import type { Section } from "./apply/section.ts";
import { type Admit, createAdmission } from "./admit.ts";
import { type AskedPolicies, type Authority, createAuthority } from "./authority/authority.ts";
import { createRights, type Rights } from "./authority/rights.ts";
import { type AccountOwner, createCaps } from "./budgets/caps.ts";
import type { Rule } from "./budgets/rules.ts";
import { type BudgetPage, listBudgets } from "./budgets/list-budgets.ts";
import type { Bearer } from "./budgets/bearer.ts";
import { createHolds, type Holds } from "./budgets/holds.ts";
import { listOwnLimits } from "./budgets/own-limits.ts";
import { createSubjects, type SubjectOf } from "./authority/subject.ts";
import type { GovernanceConfig } from "./config.ts";
import { type BudgetView, type Scope } from "./contract.ts";
import { createFollowing } from "./changes/follow.ts";
import { createRevisionStore, type RevisionStore } from "./changes/store.ts";
import { type EntryKind, entryKinds } from "./directory/contract.ts";
import { createDirectory } from "./directory/directory.ts";
import { createEntries, type Entries } from "./directory/entries.ts";
import { createRules, type Rules } from "./directory/rules.ts";
import { createEntryStore } from "./directory/store.ts";
import { createFirstKey, type FirstKey } from "./keys/first-key.ts";
import { createIdentifier, type Identifier } from "./keys/identify.ts";
import { createLastUses } from "./keys/last-uses.ts";
import { createKnownKeys } from "./keys/known-keys.ts";
import { createKeys, type Keys } from "./keys/manage-keys.ts";
import { createKeyStore } from "./keys/store.ts";
import { type OwnerAsker, type Principal, requireScope } from "./principal.ts";
import { createSwitchStore } from "./switches/store.ts";
import { createSwitches, type Switches } from "./switches/switches.ts";

export interface Governance extends FirstKey {
  /** Reads all users, teams and projects, and follows changes from then on. Throws when the database is away. */
  start(): Promise<void>;
  close(): Promise<void>;
  identify: Identifier;
  /** A secret for one purpose of a room above, the same in all processes. */
  secretFor(purpose: string): string;
  /** Throws `governance.scope_missing`. */
  require(principal: Principal, scope: Scope): void;
  /** One visit before a call is served: authority and limits. The admission is given back when the call ends. */
  admit: Admit;
  /** Which targets may serve a caller's call, and which tools it may offer. */
  rights: Rights;
  /** Whether there has ever been another organisation than the installation's own. */
  hasTenants(): boolean;
  placement: Authority["placement"];
  /** As policies see a principal: for questions that are none of a call. */
  subjectOf: SubjectOf;
  tools: Authority["tools"];
  /** Holds the worst case of a call against all caps that its caller is under. */
  hold: Holds["hold"];
  /** The same for the target that is about to be asked. */
  holdTarget: Holds["holdTarget"];
  limitsTargets: Holds["limitsTargets"];
  /** Other budgets and limits, from the next call on. What was spent stays spent. */
  setCaps(caps: Pick<GovernanceConfig, "budgets" | "limits">): void;
  /** What became of budgets and limits so far. */
  budgets(page: BudgetPage): Promise<{ budgets: BudgetView[]; next_cursor: string | null }>;
  /** What a caller's next call is under, and what is left of it. */
  limitsOf(bearer: Bearer): Promise<BudgetView[]>;
  keys: Keys;
  organisations: Entries;
  users: Entries;
  teams: Entries;
  projects: Entries;
  readonly switches: Switches;
  /** For what a room above signs: the same in all processes, and of no use for anything else. */
  secretFor(purpose: string): string;
  /** Another process of this machine has changed something: back when it is known here. */
  catchUp(): Promise<void>;
  /** A whole file of an organisation's users, teams, projects, keys, and what rooms above add to them. */
  applying(asked?: ApplyingFor): Applying;
  /** The last change of keys, users, teams and projects that this process knows. */
  revision(): number;
  /** How old what this process knows of such changes may be; null before the start. */
  staleMs(): number | null;
}

export interface ApplyingFor extends OwnerAsker {
  /** Whose file it is; by default the installation's own. */
  organisation?: string;
  more?: readonly Section[];
}

export interface GovernanceDeps {
  storage: Storage;
  leases: Leases;
  policies: AskedPolicies;
  world: World;
  /** The data folder; keeps `secret.key` and `admin.key`, both 0600. */
  home: string;
  /** Given when several processes share one database; otherwise kept in `<home>/secret.key`. */
  installationSecret?: string | undefined;
  /** What must be known at once is told to the other processes of this machine; those of others look twice a second. */
  tellOthers?: () => Promise<unknown>;
  audit?: AuditWriter | undefined;
}

export function createGovernance(config: GovernanceConfig, deps: GovernanceDeps): Governance {
  const { leases, world, audit = unaudited } = deps;
  const installationSecret = deps.installationSecret ?? readOrMakeSecret(deps.home);
  const caps = createReplaceable(createCaps(config));
  const holds = createHolds(caps.face, deps);
  const { stores, directory, knownKeys, switches, following, write } = createKnowledge(config, deps);
  const subjectOf = createSubjects();
  const authority = createAuthority(deps.policies, subjectOf);
  const lastUses = createLastUses(usesOf(config), { store: stores.keys, ...deps });
  const rules = createRules(config, stores.entries);
  const entriesOf = (kind: EntryKind): Entries => createEntries(kind, { store: stores.entries, rules, write, audit });

  async function rulesOf({ of, name, organisation }: AccountOwner): Promise<readonly Rule[]> {
    if (of === "key") return (await knownKeys.find(name))?.caller.ownRules ?? [];
    if (of === "organisation") return directory.find(of, organisation)?.rules ?? [];
    const kind = entryKinds.find((each) => each === of);
    return (kind && directory.find(kind, name, organisation)?.rules) ?? [];
  }

  return {
    async start() {
      await following.start();
      await lastUses.start();
    },
    async close() {
      await lastUses.close();
      await following.close();
    },
    identify: createIdentifier(config, {
      knownKeys,
      directory,
      world,
      installationSecret,
      noteUse: lastUses.note,
      audit,
    }),
    require: requireScope,
    admit: createAdmission(config.calls_in_flight_per_key_max, authority, switches),
    rights: createRights(deps.policies),
    hasTenants: directory.hasTenants,
    placement: authority.placement,
    subjectOf,
    tools: authority.tools,
    switches,
    catchUp: following.catchUp,
    secretFor: (purpose) => createHmac("sha256", installationSecret).update(purpose).digest("hex"),
    hold: holds.hold,
    holdTarget: holds.holdTarget,
    limitsTargets: holds.limitsTargets,
    setCaps: (next) => caps.replace(createCaps(next)),
    budgets: (page) => listBudgets(page, { leases, caps: caps.face, rulesOf, nowMs: world.nowMs() }),
    limitsOf: (bearer) => listOwnLimits(bearer, { leases, caps: caps.face, nowMs: world.nowMs() }),
    keys: createKeys({ store: stores.keys, rules, write, installationSecret, audit }),
    organisations: entriesOf("organisation"),
    users: entriesOf("user"),
    teams: entriesOf("team"),
    projects: entriesOf("project"),
    applying: ({ organisation = OWN_ORGANISATION, more = [], ...asker } = { isOwner: true }) =>
      createApplying({
        sections: [...ownSections({ stores, rules, installationSecret, organisation, asker }), ...more],
        revisions: stores.revisions,
        write,
        audit,
        entriesMax: config.apply_entries_max,
      }),
    revision: following.revision,
    staleMs: following.staleMs,
    ...createFirstKey({ keys: stores.keys, knownKeys, home: deps.home, installationSecret }),
  };
}

const usesOf = (config: GovernanceConfig) => ({
  intervalMs: config.last_use_interval,
  keysMax: config.identities_max,
});

/** In the order in which they are put: who is named stands before who names them. */
function ownSections({ stores, organisation, ...rest }: OwnSectionsDeps): Section[] {
  const ofKind = (kind: EntryKind): Section =>
    createEntrySection({ kind, organisation }, { ...rest, store: stores.entries });
  const keys = createKeySection({ ...rest, store: stores.keys, organisation });
  const organisations = organisation === OWN_ORGANISATION ? [ofKind("organisation")] : [];
  return [...organisations, ofKind("team"), ofKind("user"), ofKind("project"), keys];
}

interface OwnSectionsDeps {
  stores: ReturnType<typeof createKnowledge>["stores"];
  rules: Rules;
  installationSecret: string;
  organisation: string;
  asker: OwnerAsker;
}

/** What this process knows of keys, users, teams and projects, and how it follows their changes. */
function createKnowledge(config: GovernanceConfig, { storage, world, tellOthers, audit = unaudited }: GovernanceDeps) {
  const stores = {
    keys: createKeyStore(storage),
    entries: createEntryStore(storage),
    revisions: createRevisionStore(storage),
  };
  const directory = createDirectory(stores.entries);
  const heardAtMs = (): number | undefined => following.heardAtMs();
  const knownKeys = createKnownKeys(config, { keys: stores.keys, directory, storage, world, heardAtMs });
  const following = createFollowing(config.changes_interval, {
    revisions: stores.revisions,
    world,
    isAvailable: storage.isAvailable,
    readers: [(since) => switches.follow(since), directory.follow, knownKeys.follow],
  });
  /** Whoever changed something here finds it changed here at once. */
  const write: RevisionStore["write"] = async (work) => {
    const result = await stores.revisions.write(work);
    await following.catchUp();
    return result;
  };
  const switches = createSwitches(config.switches_max, {
    store: createSwitchStore(storage),
    world,
    audit,
    async write(work) {
      const result = await write(work);
      await tellOthers?.();
      return result;
    },
  });
  return { stores, directory, knownKeys, switches, following, write };
}

function readOrMakeSecret(home: string): string {
  const make = (): string => `${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex")}\n`;
  return readOrMakeSecretFile(join(home, "secret.key"), make).trim();
}
