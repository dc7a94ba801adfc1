// The face of this room: objectives and rules that are looked at again and again, and people who are told.
import { newId, type SecretSources, type World } from "../kernel/index.ts";
import type { SpanRecord } from "../ledger/index.ts";
import { createWithDatabase, type Storage } from "../storage/index.ts";
import type { ChannelView, RuleView, SloView, TestedChannel } from "./contract.ts";
import { createChannels } from "./channels/create-channels.ts";
import type { Channel, Message } from "./channels/message.ts";
import type { AlertsConfig } from "./config.ts";
import { createDelivery } from "./delivery/deliver.ts";
import { trySend } from "./delivery/try-send.ts";
import { alertsErrors } from "./errors.ts";
import { createEvaluation } from "./evaluation/evaluate.ts";
import type { AlertSources } from "./figures.ts";
import { createRules, createSlos, type Definitions } from "./managing/manage-definitions.ts";
import { createSilences, type Silences } from "./managing/manage-silences.ts";
import { type AlertReader, createAlertReader } from "./managing/read-alerts.ts";
import { createAlertsStore } from "./store/store.ts";
import { createWorking } from "./working.ts";

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
  /** Tells of spans that came in; returns the way to stop. */
  subscribeSpans(listener: (record: SpanRecord) => void): () => void;
}

/** Throws `kernel.secret_missing` and `alerts.bad_secret`. */
export function createAlerts(config: AlertsConfig, deps: AlertsDeps): Alerts {
  const { storage, world: given, secrets, subscribeSpans } = deps;
  const world = { ...given, log: given.log.child({ room: "alerts" }) };
  const { isAvailable } = storage;
  const store = createAlertsStore(storage);
  const sources: AlertSources = { scores: store.scores, ...deps.sources };
  const channels = createChannels(config.channels, { world, timeoutMs: config.delivery.timeout, secrets });
  const evaluation = createEvaluation(config, { store: store.evaluation, sources, world, channels });
  const delivery = createDelivery(config.delivery, { store: store.outbox, channels, world });
  const withDatabase = createWithDatabase(isAvailable, alertsErrors.unavailable);
  const { nowMs } = world;
  const managing = { store, withDatabase, nowMs };
  const working = createWorking(config, { store, evaluation, delivery, world, isAvailable, subscribeSpans });

  return {
    ...working,
    ...createAlertReader(managing),
    rules: createRules(config, managing),
    slos: createSlos(config, managing),
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
  const delivered = await trySend(channel, message);
  return delivered.ok
    ? { delivered: true, status: null, detail: delivered.detail }
    : { delivered: false, status: delivered.status, detail: delivered.why };
}
