// The face of governance: identify a caller, admit a call, manage keys.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createReplaceable, type World } from "../kernel/index.ts";
import type { Leases } from "../leases/index.ts";
import type { Storage } from "../storage/index.ts";
import { type Admission, createAdmission } from "./admit.ts";
import { createCaps } from "./budgets/caps.ts";
import { type BudgetPage, listBudgets } from "./budgets/list-budgets.ts";
import { createHolds, type Holds } from "./budgets/holds.ts";
import type { GovernanceConfig } from "./config.ts";
import type { BudgetView, CreatedKey, CreateKey, Key, Scope } from "./contract.ts";
import { governanceErrors } from "./errors.ts";
import { createIdentifier, type Identifier } from "./identify.ts";
import { generateKey, hashKey } from "./key-format.ts";
import { type Principal, requireScope } from "./principal.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createKeyStore } from "./store.ts";

export interface Governance {
  identify: Identifier;
  sessions: Sessions;
  /** Throws `governance.scope_missing`. */
  require(principal: Principal, scope: Scope): void;
  /** One visit before a call is served: authority and limits. The admission is given back when the call ends. */
  admit(principal: Principal): Admission;
  /** Holds the worst case of a call against all caps that its caller is under. */
  hold: Holds["hold"];
  /** The same for the target that is about to be asked. */
  holdTarget: Holds["holdTarget"];
  limitsTargets: Holds["limitsTargets"];
  /** Other budgets and limits, from the next call on. What was spent stays spent. */
  setCaps(caps: Pick<GovernanceConfig, "budgets" | "limits">): void;
  /** What became of budgets and limits so far. */
  budgets(page: BudgetPage): Promise<{ budgets: BudgetView[]; next_cursor: string | null }>;
  keys: {
    list(page: { limit: number; cursor?: string | undefined }): Promise<{ keys: Key[]; next_cursor: string | null }>;
    create(input: CreateKey): Promise<CreatedKey>;
    revoke(id: string): Promise<Key>;
  };
  /** Makes the first admin key where the installation has no key at all, and writes it to `<home>/admin.key`. */
  ensureAdminKey(): Promise<{ path: string; isNew: boolean }>;
}

export interface GovernanceDeps {
  storage: Storage;
  leases: Leases;
  world: World;
  /** The data folder; keeps `secret.key` and `admin.key`, both 0600. */
  home: string;
  /** Given when several processes share one database; otherwise kept in `<home>/secret.key`. */
  installationSecret?: string | undefined;
}

const ADMIN_KEY: CreateKey = {
  name: "first admin key",
  scopes: ["admin"],
  user: null,
  team: null,
  project: null,
  expires_at_ms: null,
};

export function createGovernance(config: GovernanceConfig, deps: GovernanceDeps): Governance {
  const installationSecret = deps.installationSecret ?? readOrMakeSecret(deps.home);
  const store = createKeyStore(deps.storage);
  const identify = createIdentifier(config, {
    keys: store,
    storage: deps.storage,
    world: deps.world,
    installationSecret,
  });
  const caps = createReplaceable(createCaps(config));
  const holds = createHolds(caps.face, deps);
  const adminKeyPath = join(deps.home, "admin.key");
  return {
    identify,
    sessions: createSessions({ installationSecret, lifetimeMs: config.session_lifetime, world: deps.world }),
    require: requireScope,
    admit: createAdmission(config.calls_in_flight_per_key_max),
    hold: holds.hold,
    holdTarget: holds.holdTarget,
    limitsTargets: holds.limitsTargets,
    setCaps: (next) => caps.replace(createCaps(next)),
    budgets: (page) => listBudgets(page, { leases: deps.leases, caps: caps.face, nowMs: deps.world.nowMs() }),
    keys: {
      list: (page) => store.list(page),
      async create(input) {
        const { id, key } = generateKey();
        return { ...(await store.insert({ ...input, id, hash: hashKey(key, installationSecret) })), secret: key };
      },
      async revoke(id) {
        const key = await store.revoke(id);
        identify.forget(id);
        if (!key) throw governanceErrors.key_unknown({ id });
        return key;
      },
    },
    async ensureAdminKey() {
      const { id, key } = generateKey();
      const isNew = await store.insertFirst({ ...ADMIN_KEY, id, hash: hashKey(key, installationSecret) });
      if (isNew) writeFileSync(adminKeyPath, `${key}\n`, { mode: 0o600 });
      return { path: adminKeyPath, isNew };
    },
  };
}

function readOrMakeSecret(home: string): string {
  const path = join(home, "secret.key");
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: "wx" });
    return secret;
  }
}
