// Which alerts a silence fits, told before there is one: the server decides by the same words. Pure.
import type { AlertView, OpenAlert, SilenceView } from "../../../../../src/alerts/contract.ts";

export type Matcher = SilenceView["matchers"][number];

export function isSilenced({ silenced_by: silences }: Pick<OpenAlert, "silenced_by">): boolean {
  return silences.length > 0;
}

/** What fits this alert alone: its rule, and each of its labels. */
export function matchersOf({ rule, labels }: Pick<AlertView, "rule" | "labels">): Matcher[] {
  return [
    { name: "rule", values: [rule] },
    ...Object.entries(labels).map(([name, value]) => ({ name, values: [value] })),
  ];
}

/** All matchers must fit, each with one of its values; `*` at the end of one stands for anything. */
export function fits(matchers: readonly Matcher[], alert: AlertView): boolean {
  return matchers.every(({ name, values }) => {
    const value = valueOf(alert, name);
    return value !== undefined && values.some((wanted) => fitsOne(wanted, value));
  });
}

function valueOf(alert: AlertView, name: string): string | undefined {
  if (name === "rule" || name === "kind" || name === "severity" || name === "id") return alert[name];
  return alert.labels[name];
}

function fitsOne(wanted: string, value: string): boolean {
  return wanted.endsWith("*") ? value.startsWith(wanted.slice(0, -1)) : value === wanted;
}

/** `rule finance-money, route fast or slow`. */
export function sayMatchers(matchers: readonly Matcher[]): string {
  return matchers
    .map(({ name, values }) => `${name} ${values.map((value) => value || "none").join(" or ")}`)
    .join(", ");
}
