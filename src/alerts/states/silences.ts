// Which alerts nobody is to hear of for a while. Pure.
import type { Alert } from "./alert.ts";

export interface Matcher {
  name: string;
  /** One of these; `*` at the end stands for anything. */
  values: readonly string[];
}

export interface Silence {
  id: string;
  matchers: readonly Matcher[];
  startsAtMs: number;
  untilMs: number;
  comment: string;
  createdAtMs: number;
  keyId: string;
  keyName: string;
}

/** Ids of the silences that hold for an alert at this moment: each matcher of one must fit. */
export function silencedBy(alert: Alert, silences: readonly Silence[], nowMs: number): string[] {
  const names = namesOf(alert);
  return silences
    .filter(({ startsAtMs, untilMs }) => startsAtMs <= nowMs && nowMs < untilMs)
    .filter(({ matchers }) => matchers.every((matcher) => isMatched(matcher, names)))
    .map(({ id }) => id);
}

/** What matchers and groups can name: the labels, and the alert's own rule, kind, severity and id. */
export function namesOf({ id, rule, kind, severity, labels }: Alert): Readonly<Record<string, string>> {
  return { ...labels, id, rule, kind, severity };
}

function isMatched({ name, values }: Matcher, names: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(names, name) ? names[name] : undefined;
  if (value === undefined) return false;
  return values.some((wanted) => (wanted.endsWith("*") ? value.startsWith(wanted.slice(0, -1)) : value === wanted));
}
