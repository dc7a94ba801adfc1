// Drift: how calls differ from how they were at a chosen time. It reads samples of the record in the background, one process
// of an installation at a time; no call waits for it.
import { isAppError, sleep, type World } from "../kernel/index.ts";
import { inTurn, type Storage } from "../storage/index.ts";
import { chooseBaseline } from "./choose-baseline.ts";
import { createCheck } from "./checking/check.ts";
import { createLook, type ProfileSource, type TextVectors } from "./checking/look.ts";
import type { DriftConfig } from "./config.ts";
import type { Baseline, DriftState, Finding, FindingPage, FindingQuery, PutBaseline } from "./contract.ts";
import { driftErrors } from "./errors.ts";
import { createDriftListeners, type FindingListener } from "./listeners.ts";
import { IS_ID } from "./store/baselines.ts";
import { createDriftStore } from "./store/store.ts";
import { showBaseline, showFinding, showState } from "./views.ts";

export interface Drift {
  /** Begins to look, once in `interval`. */
  start(): void;
  /** Comes back when the check under way is over. */
  close(): Promise<void>;
  /** Looks now; false where another process is at it, or the database is away. */
  check(): Promise<boolean>;
  /** Tells of findings that this process opens or closes; other processes' are in `findings`. Returns the way to stop. */
  subscribe(listener: FindingListener): () => void;
  /** At most 200, newest first. All throw `drift.unavailable` while the database is away. */
  findings(search: { since?: number; open?: boolean }): Promise<Finding[]>;
  list(query: FindingQuery): Promise<FindingPage>;
  find(id: string): Promise<Finding>;
  state(): Promise<DriftState>;
  /** Records before this were compared, by whichever process; null before the first look. Throws what the database throws. */
  lookedUntil(): Promise<number | null>;
  baselines: {
    list(): Promise<Baseline[]>;
    put(wish: PutBaseline): Promise<Baseline>;
    remove(id: string): Promise<void>;
  };
}

export interface DriftDeps {
  storage: Storage;
  /** The ledger. */
  source: ProfileSource;
  embedder: TextVectors;
  world: Pick<World, "nowMs" | "log">;
  /** Hears how old records are when they have been compared. */
  note?: (lagMs: number) => void;
}

const RETRY_AFTER_MS = 1000;
const FINDINGS_MAX = 200;

export function createDrift(config: DriftConfig, { storage, source, embedder, world, note }: DriftDeps): Drift {
  const store = createDriftStore(storage);
  const { nowMs, log } = world;
  const listeners = createDriftListeners(log);
  const look = createLook(config, { source, slices: store.slices, embedder, log });
  const tell = (finding: Parameters<typeof showFinding>[0]): void => listeners.tell(showFinding(finding));
  const checkAll = createCheck(config, { look, store, nowMs, tell, note: note ?? (() => undefined) });
  const closing = new AbortController();
  let running = Promise.resolve();

  const check = async (): Promise<boolean> => storage.isAvailable() && (await inTurn(storage, "drift", checkAll));

  async function run(): Promise<void> {
    let hasFailed = false;
    for (;;) {
      await sleep(config.interval, closing.signal);
      if (closing.signal.aborted) return;
      try {
        await check();
        hasFailed = false;
      } catch (err) {
        // Told once, not with every check.
        if (!hasFailed) log.warn({ err }, "calls could not be compared with their baselines");
        hasFailed = true;
      }
    }
  }

  async function withDatabase<T>(ask: () => Promise<T>): Promise<T> {
    if (!storage.isAvailable()) throw driftErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await ask();
    } catch (error) {
      if (isAppError(error)) throw error;
      log.warn({ err: error }, "the database failed at a question about drift");
      throw driftErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS }, error);
    }
  }

  return {
    start: () => void (config.enabled && (running = run())),
    async close() {
      closing.abort();
      await running;
    },
    check,
    subscribe: listeners.add,
    findings: ({ since, open }) =>
      withDatabase(async () => {
        const state = open === undefined ? undefined : open ? "open" : "closed";
        const found = await store.findings.list({ state, sinceMs: since, limit: FINDINGS_MAX });
        return found.map(showFinding);
      }),
    list: (query) => withDatabase(() => listPage(query)),
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
      put: (wish) =>
        withDatabase(async () => showBaseline(await chooseBaseline(wish, config, { store, look, source, nowMs }))),
      remove: (id) =>
        withDatabase(async () => {
          const profile = await store.baselines.remove(id);
          if (profile === undefined) throw driftErrors.unknown_baseline({ id });
          await store.findings.closeOf(profile, nowMs());
        }),
    },
  };

  async function listPage({ state, since_ms, limit, cursor }: FindingQuery): Promise<FindingPage> {
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
}
