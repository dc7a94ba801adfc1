// One look at everything: rules are read, alerts go on, begin or end, and what is to be told of that is put in the outbox, all
// in one transaction. One process does so at a time, for as long as it holds the lease.
import { elapsedMs, type Log, newId, type World } from "../../kernel/index.ts";
import { type Message, SHOWN_MAX } from "../channels/message.ts";
import type { AlertsConfig } from "../config.ts";
import type { AlertSources } from "../figures.ts";
import type { Rule } from "../rules/config.ts";
import { createRuleMemory } from "../rules/memory.ts";
import { createSloMeter } from "../slos/measure-slo.ts";
import type { Alert, Change } from "../states/alert.ts";
import { type Grouped, groupAlerts, type Notice } from "../states/group-alerts.ts";
import { silencedBy } from "../states/silences.ts";
import { stepRule } from "../states/step-rule.ts";
import type { EvaluationStore, Loaded } from "../store/evaluation-store.ts";
import { definedRules, definedSlos } from "./definitions.ts";
import { type ReadAll, readAll } from "./read-all.ts";

export interface EvaluateDeps {
  store: EvaluationStore;
  sources: AlertSources;
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  /** Those that there are. */
  channels: ReadonlyMap<string, { isAlone: boolean }>;
}

export interface Evaluation {
  /** False where another process does it. */
  evaluate(): Promise<boolean>;
  /** Lets another process do it at once. */
  release(): Promise<void>;
}

export function createEvaluation(config: AlertsConfig, { store, sources, world, channels }: EvaluateDeps): Evaluation {
  const holder = newId();
  const [meter, memory] = [createSloMeter(), createRuleMemory()];
  const { series_max: seriesMax, lease: leaseMs } = config;

  return {
    async evaluate() {
      const [nowMs, startedMs] = [world.nowMs(), world.monotonicMs()];
      if (!(await store.hold(holder, nowMs, leaseMs))) return false;
      const loaded = await store.load(nowMs);
      const [rules, slos] = [definedRules(config, loaded.rules), definedSlos(config, loaded.slos)];
      const read = await readAll({ rules, slos }, { sources, meter, memory, log: world.log, nowMs, seriesMax });
      const holding = new Map(rules.flatMap(({ name, spec }) => (spec ? [[name, spec] as const] : [])));
      const { open, changes } = stepAll(config, { loaded, rules: holding, readings: read.readings, nowMs });
      const over = changes.filter(({ to }) => to === "resolved").map(({ alert }) => alert);
      const grouped = boundedBy(
        loaded,
        groupAlerts({
          groups: loaded.groups,
          firing: open.filter(({ state }) => state === "firing"),
          resolved: [...loaded.unheard, ...over],
          isSilenced: (alert) => silencedBy(alert, loaded.silences, nowMs).length > 0,
          channelsOf: (alert) => channelsOf(config, channels, holding.get(alert.rule)),
          isAlone: (channel) => channels.get(channel)?.isAlone === true,
          times: { ...config.notify, repeat: config.notify.repeat === "off" ? null : config.notify.repeat },
          nowMs,
        }),
        { max: config.delivery.outbox_max, log: world.log },
      );
      const areSame = JSON.stringify(grouped.groups) === JSON.stringify(loaded.groups);
      return store.leave({
        holder,
        nowMs,
        leaseMs,
        open,
        changes: changes.map((change) => ({ ...change, historyId: newId() })),
        groups: areSame ? null : grouped.groups,
        messages: grouped.notices.map((notice) => ({
          channel: notice.group.channel,
          message: messageOf(notice, { nowMs, rules: holding, link: config.notify.link ?? null }),
        })),
        report: { atMs: nowMs, tookMs: elapsedMs(world, startedMs), ...read.report },
      });
    },
    release: () => store.release(holder),
  };
}

interface StepInput extends Pick<ReadAll, "readings"> {
  loaded: Loaded;
  rules: ReadonlyMap<string, Rule>;
  nowMs: number;
}

/** All alerts after this look. */
function stepAll(config: AlertsConfig, { loaded, rules, readings, nowMs }: StepInput) {
  const stepped = { open: [] as Alert[], changes: [] as Change[] };
  const openOf = Map.groupBy(loaded.open, ({ rule }) => rule);
  for (const ruleName of new Set([...rules.keys(), ...openOf.keys()])) {
    const after = stepRule({
      ruleName,
      rule: rules.get(ruleName),
      reading: readings.get(ruleName),
      open: openOf.get(ruleName) ?? [],
      nowMs,
      newId,
      keepUnknownMs: config.keep_unknown,
      alertsMax: config.alerts_per_rule_max,
    });
    stepped.open.push(...after.open);
    stepped.changes.push(...after.changes);
  }
  return stepped;
}

/** What is told stays untold while the outbox is full. */
function boundedBy(
  { waiting, groups }: Loaded,
  grouped: Grouped,
  { max, log }: { max: number; log: Pick<Log, "warn"> },
): Grouped {
  if (waiting + grouped.notices.length <= max) return grouped;
  log.warn({ waiting }, "no more messages about alerts can wait: alerts.delivery.outbox_max");
  return { groups, notices: [] };
}

function channelsOf(
  { notify }: AlertsConfig,
  channels: ReadonlyMap<string, unknown>,
  rule: Rule | undefined,
): readonly string[] {
  const wanted = rule?.channels ?? notify.channels ?? [...channels.keys()];
  return wanted.filter((name) => channels.has(name));
}

function messageOf(
  { group, firing, resolved, isRepeated }: Notice,
  { nowMs, rules, link }: { nowMs: number; rules: ReadonlyMap<string, Rule>; link: string | null },
): Message {
  const shown = [...firing.slice(0, SHOWN_MAX), ...resolved.slice(0, SHOWN_MAX)];
  const descriptions = new Map(shown.map(({ rule }) => [rule, rules.get(rule)?.description]));
  return {
    id: newId(),
    atMs: nowMs,
    group: group.key,
    isTest: false,
    isRepeated,
    firing: firing.slice(0, SHOWN_MAX),
    resolved: resolved.slice(0, SHOWN_MAX),
    firingCount: firing.length,
    resolvedCount: resolved.length,
    descriptions: Object.fromEntries(
      [...descriptions].flatMap(([name, text]) => (text ? [[name, text] as const] : [])),
    ),
    link,
  };
}
