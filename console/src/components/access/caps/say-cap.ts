// A cap in words: `$120.000000 of $600.000000 spent a month`, `540 of 600 requests a minute left`.
import { formatCount, formatUsd } from "../../../format/figures.ts";
import type { Tone } from "../../charts/inks.ts";
import { type CapView, shareLeft } from "./caps-of.ts";

const units: Record<CapView["unit"], string> = {
  usd_micros: "Money",
  requests: "Requests",
  tokens: "Tokens",
  calls_in_flight: "Calls in flight",
};

const windows: Record<string, string> = {
  minute: "any minute",
  hour: "any hour",
  day: "a day",
  week: "a week",
  month: "a month",
  ever: "in all",
};

/** `Money a month`, `Requests any minute`, `Calls in flight`. */
export function nameCap({ unit, every }: Pick<CapView, "unit" | "every">): string {
  return every === null ? units[unit] : `${units[unit]}, ${sayWindow(unit, every)}`;
}

/** Money is counted by the calendar, requests and tokens in any stretch of that length. */
export function sayWindow(unit: CapView["unit"], every: string): string {
  if (unit !== "usd_micros" && every === "day") return "any day";
  return windows[every] ?? `every ${every}`;
}

export function sayAmount(unit: CapView["unit"], value: number): string {
  return unit === "usd_micros" ? formatUsd(value) : formatCount(value);
}

/** `$12.400000 of $50.000000 left`. */
export function sayLeft({ unit, left, cap }: Pick<CapView, "unit" | "left" | "cap">): string {
  return `${sayAmount(unit, left)} of ${sayAmount(unit, cap)} left`;
}

/** How much of it is used up, as a state: nothing left, little left or past its warning, or well. */
export function toneOfCap(cap: CapView): Extract<Tone, "fail" | "warn" | 1> {
  if (cap.left <= 0) return "fail";
  if (cap.softMicros !== null && cap.spent >= cap.softMicros) return "warn";
  return shareLeft(cap) < 0.1 ? "warn" : 1;
}
