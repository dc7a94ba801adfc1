// The facts that come with an alert, by the endings of their names: moments, durations, money, shares. Pure.
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import { formatCount, formatDuration, formatUsd } from "../../../format/figures.ts";
import { sayShare } from "./say-reading.ts";

export interface SaidFact {
  name: string;
  text: string;
  /** A moment is drawn as one. */
  atMs: number | null;
}

const names: Readonly<Record<string, string>> = {
  bad: "Went badly",
  events: "Of",
  at_least: "At the least",
  window_ms: "Looked back",
  long_ms: "Long window",
  since_ms: "Counted from",
  budget_left: "Budget left",
  p95_week_ms: "Usual p95",
  figure: "Figure",
  day_before: "Day before",
  exhausted_at_ms: "Used up",
  renews_at_ms: "Renews",
  median_usd_micros: "Usual",
  hours_compared: "Hours compared",
};
const moments = new Set(["since_ms"]);
const shares = new Set(["at_least", "budget_left"]);
const counted: Readonly<Record<string, string>> = {
  bad: "calls",
  events: "calls",
  records: "",
  day_before: "records",
};
/** Of a budget, in the unit of the alert. */
const inUnit = new Set(["spent", "cap"]);

export function sayFact(name: string, value: string | number | null, unit: AlertView["unit"]): SaidFact {
  const title = names[name] ?? sentenceOf(name);
  if (typeof value !== "number") return { name: title, text: value ?? "nothing known", atMs: null };
  if (name.endsWith("_at_ms") || moments.has(name)) return { name: title, text: "", atMs: value };
  return { name: title, text: textOf(name, value, unit), atMs: null };
}

function textOf(name: string, value: number, unit: AlertView["unit"]): string {
  if (name.endsWith("_ms")) return formatDuration(value);
  if (name.endsWith("_usd_micros") || (inUnit.has(name) && unit === "usd_micros")) return formatUsd(Math.round(value));
  if (shares.has(name)) return sayShare(value);
  return `${formatCount(value)} ${counted[name] ?? ""}`.trim();
}

function sentenceOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
