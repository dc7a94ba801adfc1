// The room on a database of its own, with figures made up and a clock that a test moves.
import { createWorld, type World } from "../kernel/index.ts";
import { createFetch } from "../network/index.ts";
import { startMigratedDatabase, type TestDatabase } from "../../test/support/database.ts";
import { createChannels } from "./channels/create-channels.ts";
import { alertsConfigSchema, type AlertsConfig } from "./config.ts";
import { createDelivery, type Delivery } from "./delivery/deliver.ts";
import { createEvaluation, type Evaluation } from "./evaluation/evaluate.ts";
import { type FakeSources, fakeSources } from "./figures.fixture.ts";
import { alertsMigrations } from "./migrations/index.ts";
import { type AlertsStore, createAlertsStore } from "./store/store.ts";

/** A Wednesday, at noon. */
export const NOON_MS = Date.UTC(2026, 10, 18, 12);

export interface Bench {
  config: AlertsConfig;
  clock: { nowMs: number };
  world: World;
  store: AlertsStore;
  database: TestDatabase;
  sources: FakeSources;
  evaluation: Evaluation;
  delivery: Delivery;
  /** Moves the clock in steps, with a look at the rules and at the outbox after each. */
  pass(ms: number, stepMs?: number): Promise<void>;
  /** Another process on the same database. */
  another(): Evaluation;
  close(): Promise<void>;
}

export async function startBench(
  given: unknown,
  { env = {}, sources = fakeSources() }: { env?: Record<string, string>; sources?: FakeSources } = {},
): Promise<Bench> {
  const database = await startMigratedDatabase("alerts", [alertsMigrations]);
  const clock = { nowMs: NOON_MS };
  const fetchPlain = createFetch({ other: fetch, usesProxy: false });
  const world = createWorld({ nowMs: () => clock.nowMs, fetch: fetchPlain });
  const config = alertsConfigSchema.parse(given);
  const store = createAlertsStore(database.storage);
  const secrets = {
    env,
    readFile: (path: string): string => {
      throw new Error(`no file ${path}`);
    },
  };
  const channels = createChannels(config.channels, { world, timeoutMs: config.delivery.timeout, secrets });
  const another = () => createEvaluation(config, { store: store.evaluation, sources, world, channels });
  const evaluation = another();
  const delivery = createDelivery(config.delivery, { store: store.outbox, channels, world });
  return {
    config,
    clock,
    world,
    store,
    database,
    sources,
    evaluation,
    delivery,
    async pass(ms, stepMs = 30_000) {
      const endMs = clock.nowMs + ms;
      while (clock.nowMs < endMs) {
        clock.nowMs = Math.min(endMs, clock.nowMs + stepMs);
        await evaluation.evaluate();
        await delivery.deliver();
      }
    },
    another,
    close: () => database.close(),
  };
}
