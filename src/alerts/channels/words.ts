// Messages in words, the same for every channel: a title, and a line for each alert. Plain text; channels escape it as they need.
import { formatDuration, formatUsd } from "../../kernel/index.ts";
import type { Unit } from "../rules/reading.ts";
import type { Alert } from "../states/alert.ts";
import type { Message } from "./message.ts";

const DAY_MS = 86_400_000;

export function titleOf({ isTest, firing, resolved, firingCount, resolvedCount, isRepeated }: Message): string {
  if (isTest) return "A test by Binnacle: alerts reach this channel";
  const [first] = firing.length > 0 ? firing : resolved;
  const what = first ? nameOf(first) : "alerts";
  if (firingCount === 0)
    return resolvedCount === 1 ? `Resolved: ${what}` : `${resolvedCount} resolved: ${what} and others`;
  const still = isRepeated ? "Still firing" : "Firing";
  const over = resolvedCount > 0 ? `, ${resolvedCount} resolved` : "";
  return firingCount === 1 ? `${still}: ${what}${over}` : `${firingCount} firing: ${what} and others${over}`;
}

/** `error_spike (route fast)`. */
export function nameOf({ rule, labels }: Alert): string {
  const said = Object.entries(labels).map(([name, value]) => `${name} ${value === "" ? "(none)" : value}`);
  return said.length === 0 ? rule : `${rule} (${said.join(", ")})`;
}

/** What is so, in one sentence. */
export function sentenceOf(alert: Alert): string {
  const { value, threshold, unit, reason, state } = alert;
  if (reason === "no_data") return state === "resolved" ? "Nothing is known any more." : "Nothing is known of it.";
  if (reason === "gone") return "Its rule was turned off or deleted.";
  const now = value === null ? "unknown" : amountOf(value, unit);
  const bound = threshold === null ? "" : `, where ${amountOf(threshold, unit)} is the bound`;
  return `${measureOf(alert)} is ${now}${bound}.`;
}

function measureOf({ kind, facts }: Alert): string {
  switch (kind) {
    case "cost":
      return `Cost of this ${String(facts["every"])}`;
    case "cost_anomaly":
      return "Cost of the last hour";
    case "error_spike":
      return "The share of calls that fail";
    case "latency":
      return facts["figure"] === "first_token" ? "Time to the first token (p95)" : "Duration (p95)";
    case "quality":
      return `The mean of ${String(facts["score"])}`;
    case "drift":
      return "The distance from the baseline";
    case "slo_burn":
      return `The burn rate over ${lengthOf(Number(facts["long_ms"]))}`;
    case "budget_forecast":
      return `What was spent of ${String(facts["whose"])}`;
    case "signal_lag":
      return "The lag";
    case "no_data":
      return `The number of records in ${lengthOf(Number(facts["window_ms"]))}`;
  }
}

export function amountOf(value: number, unit: Unit): string {
  switch (unit) {
    case "share":
      return `${(value * 100).toFixed(1)} %`;
    case "usd_micros":
      return formatUsd(value);
    case "ms":
      return formatDuration(value);
    case "burn":
      return `${value.toFixed(1)}×`;
    case "records":
      return String(value);
    case "score":
    case "distance":
      return value.toPrecision(3);
  }
}

function lengthOf(ms: number): string {
  if (ms >= DAY_MS) return `${Math.round(ms / DAY_MS)} d`;
  return ms >= 3_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 60_000)} min`;
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** How bad a message is: the worst of what fires in it. */
export function worstOf(message: Message): "critical" | "warning" | "info" | "resolved" {
  const severities = message.firing.map(({ severity }) => severity);
  if (severities.length === 0) return message.isTest ? "info" : "resolved";
  return (["critical", "warning", "info"] as const).find((each) => severities.includes(each)) ?? "info";
}

export interface Entry {
  name: string;
  state: "firing" | "resolved";
  severity: string;
  sentence: string;
  description: string | null;
  sinceMs: number;
  untilMs: number | null;
}

export function entriesOf({ firing, resolved, descriptions }: Message): Entry[] {
  return [...firing, ...resolved].map((alert) => ({
    name: nameOf(alert),
    state: alert.state === "resolved" ? "resolved" : "firing",
    severity: alert.severity,
    sentence: sentenceOf(alert),
    description: descriptions[alert.rule] ?? null,
    sinceMs: alert.sinceMs,
    untilMs: alert.resolvedAtMs,
  }));
}

/** What did not fit; empty where all did. */
export function moreOf({ firing, resolved, firingCount, resolvedCount }: Message): string {
  const left = firingCount + resolvedCount - firing.length - resolved.length;
  return left > 0 ? `and ${left} more` : "";
}
