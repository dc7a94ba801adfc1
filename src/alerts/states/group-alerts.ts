// Which alerts are told together, where and when: a group for each channel and each value of what they are grouped by. A new
// group waits a little for company; one that was told of waits longer before it speaks again. Pure.
import type { Alert } from "./alert.ts";
import { namesOf } from "./silences.ts";

export interface NotifyTimes {
  group_by: readonly string[];
  group_wait: number;
  group_interval: number;
  /** Null: an alert is told once, and once more when it is over. */
  repeat: number | null;
}

/** What a channel was told of a group. */
export interface Group {
  key: string;
  channel: string;
  /** Since when there is something to tell; null where all was told. */
  waitingSinceMs: number | null;
  toldAtMs: number | null;
  /** Alerts that the channel believes to be firing. */
  told: readonly string[];
}

export interface Notice {
  group: Group;
  firing: Alert[];
  resolved: Alert[];
  isRepeated: boolean;
}

export interface GroupInput {
  groups: readonly Group[];
  firing: readonly Alert[];
  /** Resolved since, at some time: those that a channel believes to be firing are told. */
  resolved: readonly Alert[];
  isSilenced(alert: Alert): boolean;
  channelsOf(alert: Alert): readonly string[];
  /** Channels that want each alert by itself. */
  isAlone(channel: string): boolean;
  times: NotifyTimes;
  nowMs: number;
}

export interface Grouped {
  /** Those that there are from now on. */
  groups: Group[];
  notices: Notice[];
}

export function groupAlerts(input: GroupInput): Grouped {
  const members = new Map<string, { channel: string; alerts: Alert[] }>();
  for (const alert of input.firing)
    if (!input.isSilenced(alert))
      for (const channel of input.channelsOf(alert)) {
        const key = keyOf(alert, channel, input);
        const group = members.get(key) ?? { channel, alerts: [] };
        group.alerts.push(alert);
        members.set(key, group);
      }
  const known = new Map(input.groups.map((group) => [group.key, group]));
  const grouped: Grouped = { groups: [], notices: [] };
  for (const key of new Set([...members.keys(), ...known.keys()])) {
    const { channel, alerts } = members.get(key) ?? { channel: known.get(key)?.channel ?? "", alerts: [] };
    const group = known.get(key) ?? { key, channel, waitingSinceMs: null, toldAtMs: null, told: [] };
    step(grouped, { group, alerts }, input);
  }
  return grouped;
}

function keyOf(alert: Alert, channel: string, { times, isAlone }: GroupInput): string {
  if (isAlone(channel)) return JSON.stringify([channel, alert.id]);
  const names = namesOf(alert);
  return JSON.stringify([channel, ...times.group_by.map((name) => names[name] ?? "")]);
}

function step(grouped: Grouped, { group, alerts }: { group: Group; alerts: Alert[] }, input: GroupInput): void {
  const { resolved, firing, times, nowMs } = input;
  const isStillFiring = new Set(firing.map(({ id }) => id));
  const told = new Set(group.told);
  const over = resolved.filter(({ id }) => told.has(id) && !isStillFiring.has(id));
  // Of what is gone from the history as well nothing can be told any more.
  const isKnown = (id: string): boolean => isStillFiring.has(id) || over.some((alert) => alert.id === id);
  const kept = group.told.filter(isKnown);
  const isNew = alerts.some(({ id }) => !told.has(id)) || over.length > 0;
  const isRepeated = !isNew && isRepeatDue(group, alerts, input);
  if (!isNew && !isRepeated) {
    if (kept.length > 0) grouped.groups.push({ ...group, told: kept, waitingSinceMs: null });
    return;
  }
  const waitingSinceMs = group.waitingSinceMs ?? nowMs;
  const isFirst = group.toldAtMs === null || group.told.length === 0;
  const dueAtMs = isFirst
    ? waitingSinceMs + times.group_wait
    : Math.max(waitingSinceMs, (group.toldAtMs ?? 0) + times.group_interval);
  if (!isRepeated && nowMs < dueAtMs) {
    grouped.groups.push({ ...group, told: kept, waitingSinceMs });
    return;
  }
  const silencedButTold = kept.filter((id) => isStillFiring.has(id) && !alerts.some((alert) => alert.id === id));
  const after: Group = {
    ...group,
    waitingSinceMs: null,
    toldAtMs: nowMs,
    told: [...alerts.map(({ id }) => id), ...silencedButTold],
  };
  if (after.told.length > 0) grouped.groups.push(after);
  grouped.notices.push({ group: after, firing: alerts, resolved: over, isRepeated });
}

function isRepeatDue({ toldAtMs }: Group, alerts: readonly Alert[], { times, nowMs }: GroupInput): boolean {
  return alerts.length > 0 && times.repeat !== null && toldAtMs !== null && nowMs - toldAtMs >= times.repeat;
}
