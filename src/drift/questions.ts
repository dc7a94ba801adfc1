// What is asked of drift, and answered from its tables: findings, baselines, profiles.
import type { World } from "../kernel/index.ts";
import { createWithDatabase, type Storage } from "../storage/index.ts";
import type { Look, ProfileSource } from "./checking/look.ts";
import { chooseBaseline } from "./choose-baseline.ts";
import type { DriftConfig } from "./config.ts";
import type { Baseline, DriftState, Finding, FindingPage, FindingQuery, PutBaseline } from "./contract.ts";
import { driftErrors } from "./errors.ts";
import { IS_ID } from "./store/baselines.ts";
import type { DriftStore } from "./store/store.ts";
import { showBaseline, showFinding, showState } from "./views.ts";

/** All throw `drift.unavailable` while the database is away. */
export interface Questions {
  /** At most 200, newest first. */
  findings(search: { since?: number; open?: boolean }): Promise<Finding[]>;
  /** Throws `drift.bad_cursor`. */
  list(query: FindingQuery): Promise<FindingPage>;
  /** Throws `drift.unknown_finding`. */
  find(id: string): Promise<Finding>;
  state(): Promise<DriftState>;
  /** Records before this were compared, by whichever process; null before the first look. Throws what the database throws. */
  lookedUntil(): Promise<number | null>;
  baselines: {
    list(): Promise<Baseline[]>;
    /** Throws `drift.unknown_profile`, `drift.window_reversed`, `drift.too_few_calls`. */
    put(wish: PutBaseline): Promise<Baseline>;
    /** Throws `drift.unknown_baseline`. */
    remove(id: string): Promise<void>;
  };
}

interface QuestionDeps {
  storage: Pick<Storage, "isAvailable">;
  store: DriftStore;
  look: Look;
  source: ProfileSource;
  world: Pick<World, "nowMs">;
}

const FINDINGS_MAX = 200;

export function createQuestions(config: DriftConfig, deps: QuestionDeps): Questions {
  const { store } = deps;
  const { nowMs } = deps.world;
  const withDatabase = createWithDatabase(deps.storage.isAvailable, driftErrors.unavailable);
  return {
    findings: ({ since, open }) =>
      withDatabase(async () => {
        const state = open === undefined ? undefined : open ? "open" : "closed";
        const found = await store.findings.list({ state, sinceMs: since, limit: FINDINGS_MAX });
        return found.map(showFinding);
      }),
    list: (query) => withDatabase(() => listPage(query, store)),
    find: (id) =>
      withDatabase(async () => {
        const found = await store.findings.find(id);
        if (!found) throw driftErrors.unknown_finding({ id });
        return showFinding(found);
      }),
    lookedUntil: async () => (await store.slices.lookedUntil()) ?? null,
    state: () =>
      withDatabase(async () =>
        showState(config.enabled, {
          lookedUntilMs: await store.slices.lookedUntil(),
          profiles: await store.slices.profiles(),
          baselines: await store.baselines.all(),
          standing: await store.findings.standing(),
        }),
      ),
    baselines: {
      list: () => withDatabase(async () => (await store.baselines.all()).map(showBaseline)),
      put: (wish) => withDatabase(async () => showBaseline(await chooseBaseline(wish, config, { ...deps, nowMs }))),
      remove: (id) =>
        withDatabase(async () => {
          if (!(await store.baselines.remove(id, nowMs()))) throw driftErrors.unknown_baseline({ id });
        }),
    },
  };
}

async function listPage({ state, since_ms, limit, cursor }: FindingQuery, store: DriftStore): Promise<FindingPage> {
  const beforeId = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString("latin1");
  if (beforeId !== undefined && !IS_ID.test(beforeId)) throw driftErrors.bad_cursor({});
  const found = await store.findings.list({ state, sinceMs: since_ms, beforeId, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    findings: page.map(showFinding),
    next_cursor: last ? Buffer.from(last.id).toString("base64url") : null,
  };
}
