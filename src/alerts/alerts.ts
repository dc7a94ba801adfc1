// The face of this room: objectives and rules that are looked at again and again, and people who are told.
import { newId, type SecretSources, type World } from "../kernel/index.ts";
import { createFollower, type Storage } from "../storage/index.ts";
import type { ChannelView, RuleView, SloView, TestedChannel } from "./contract.ts";
import { createChannels } from "./channels/create-channels.ts";
import type { Channel, Message } from "./channels/message.ts";
import type { AlertsConfig } from "./config.ts";
import { createDelivery } from "./delivery/deliver.ts";
import { alertsErrors } from "./errors.ts";
import { createEvaluation } from "./evaluation/evaluate.ts";
import type { AlertSources } from "./figures.ts";
import { createRules, createSlos, type Definitions } from "./managing/manage-definitions.ts";
import { createSilences, type Silences } from "./managing/manage-silences.ts";
import { type AlertReader, createAlertReader } from "./managing/read-alerts.ts";
import { createWithDatabase } from "./managing/with-database.ts";
import { createAlertsStore } from "./store/store.ts";

export interface Alerts extends AlertReader {
  /** Begins to look. The tables must be. */
  start(): void;
  /** Lets the look and the tries under way end. */
  close(): Promise<void>;
  rules: Definitions<RuleView>;
  slos: Definitions<SloView>;
  silences: Silences;
  channels: {
    list(): ChannelView[];
    /** Sends a test, past the outbox. Throws `alerts.not_found`. */
    test(name: string): Promise<TestedChannel>;
  };
}

export interface AlertsDeps {
  storage: Storage;
  world: World;
  sources: AlertSources;
  secrets: SecretSources;
}

const HOUR_MS = 3_600_000;

/** Throws `kernel.secret_missing` and `alerts.bad_secret`. */
export function createAlerts(config: AlertsConfig, { storage, world: given, sources, secrets }: AlertsDeps): Alerts {
  const world = { ...given, log: given.log.child({ room: "alerts" }) };
  const { isAvailable } = storage;
  const store = createAlertsStore(storage);
  const channels = createChannels(config.channels, { world, timeoutMs: config.delivery.timeout, secrets });
  const evaluation = createEvaluation(config, { store: store.evaluation, sources, world, channels });
  const delivery = createDelivery(config.delivery, { store: store.outbox, channels, world });
  const withDatabase = createWithDatabase(isAvailable);
  const { nowMs } = world;
  const deps = { store, withDatabase, nowMs };
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  async function sweep(): Promise<void> {
    if (nowMs() - sweptAtMs < HOUR_MS) return;
    sweptAtMs = nowMs();
    await store.outbox.sweep({
      endedMs: nowMs() - config.delivery.keep,
      historyMs: nowMs() - config.history_retention,
    });
  }

  const carrying = createFollower(
    { intervalMs: config.delivery.poll, isAvailable, log: world.log, what: "messages about alerts" },
    delivery.deliver,
  );
  const looking = createFollower(
    { intervalMs: config.interval, isAvailable, log: world.log, what: "alert rules" },
    async () => {
      if (!(await evaluation.evaluate())) return;
      void carrying.look();
      await sweep();
    },
  );

  return {
    start() {
      if (!config.enabled) return;
      void looking.start();
      void carrying.start();
    },
    async close() {
      await Promise.all([looking.close(), carrying.close()]);
      // It lapses by itself where the database is away.
      if (config.enabled && isAvailable()) await evaluation.release().catch(() => undefined);
    },
    ...createAlertReader(deps),
    rules: createRules(config, deps),
    slos: createSlos(config, deps),
    silences: createSilences(config, { store: store.silences, withDatabase, nowMs }),
    channels: {
      list: () =>
        Object.entries(config.channels).map(([name, { kind }]) => ({
          name,
          kind,
          by_default: isByDefault(config, name),
        })),
      test: (name) => testChannel(name, channels.get(name), { link: config.notify.link ?? null, atMs: nowMs() }),
    },
  };
}

function isByDefault({ notify }: AlertsConfig, name: string): boolean {
  return notify.channels?.includes(name) ?? true;
}

async function testChannel(
  name: string,
  channel: Channel | undefined,
  { link, atMs }: Pick<Message, "link" | "atMs">,
): Promise<TestedChannel> {
  if (!channel) throw alertsErrors.not_found({ what: "channel", name });
  const nobody = { firing: [], resolved: [], firingCount: 0, resolvedCount: 0, descriptions: {} };
  const id = newId();
  const message: Message = { id, atMs, group: id, isTest: true, isRepeated: false, ...nobody, link };
  const delivered = await channel.send(message);
  return delivered.ok
    ? { delivered: true, status: null, detail: delivered.detail }
    : { delivered: false, status: delivered.status, detail: delivered.why };
}
