// What a figure is counted in. A chart names its unit once; this says how its axis, its labels and its table write it.
// Four units are known by name: `ms`, `usd_micros`, `bytes` and `share` (0 to 1). Every other one is a word after a number.
import { formatBytes, formatCount, formatUsd } from "../../../format/figures.ts";
import { onFirstUse } from "../../../format/on-first-use.ts";

/** How the figures of one axis are written: `value / divisor`, and what they are then counted in. */
export interface AxisUnit {
  divisor: number;
  /** Stands once, at the head of the axis. */
  name: string;
}

const thousands: readonly [from: number, name: string][] = [
  [1e9, "billion"],
  [1e6, "million"],
  [1e4, "thousand"],
];
const letters: readonly [from: number, letter: string][] = [
  [1e9, " bn"],
  [1e6, " M"],
  [1e4, " k"],
];
/** Units that are written as a sign, not as a word. */
const named = new Set(["ms", "usd_micros", "bytes", "share"]);
const durations: readonly [from: number, divisor: number, name: string][] = [
  [7_200_000, 3_600_000, "h"],
  [120_000, 60_000, "min"],
  [1000, 1000, "s"],
  [1, 1, "ms"],
];
const sizes: readonly [from: number, name: string][] = [
  [1e12, "TB"],
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "KB"],
];
const exact = onFirstUse(() => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 }));
const short = onFirstUse(() => new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 }));

/** The unit that fits an axis which goes up to `top`. */
export function axisUnit(unit: string, top: number): AxisUnit {
  if (unit === "usd_micros") return { divisor: 1_000_000, name: "USD" };
  if (unit === "share") return { divisor: 0.01, name: "%" };
  if (unit === "ms") {
    const [, divisor, name] = durations.find(([from]) => top >= from) ?? [0, 0.001, "µs"];
    return { divisor, name };
  }
  if (unit === "bytes") {
    const [divisor, name] = sizes.find(([from]) => top >= from) ?? [1, "bytes"];
    return { divisor, name };
  }
  const [from, name] = thousands.find(([least]) => top >= least) ?? [1, ""];
  return { divisor: from === 1e4 ? 1000 : from, name: name === "" ? unit : `${name} ${unit}` };
}

/** A figure on an axis, without its unit: with as many places as the step between two of them has. */
export function formatTick(value: number, step: number, { divisor }: AxisUnit): string {
  const places = Math.max(0, -Math.floor(Math.log10(step / divisor) + 1e-9));
  const text = Math.abs(value / divisor).toLocaleString("en-GB", {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  return value < 0 ? `−${text}` : text;
}

/** The figure as the API says it, with its unit: `1,204.5 ms`, `$0.001204`, `99.95 %`, `1,204 calls`. */
export function formatExact(value: number, unit: string): string {
  if (unit === "usd_micros") return formatUsd(Math.round(value));
  if (unit === "share") return signed(value * 100, exact(), " %");
  return signed(value, exact(), ` ${unit}`);
}

/** Three figures of it, for where the unit is said once for all: `1.2 s`, `$3.21`, `45.5 %`, `1.2 M`. */
export function formatShort(value: number, unit: string): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (unit === "usd_micros") return `${sign}$${shortUsd(size)}`;
  if (unit === "bytes") return `${sign}${formatBytes(Math.round(size))}`;
  if (unit === "ms" || unit === "share") {
    const { divisor, name } = axisUnit(unit, size === 0 ? 1 : size);
    return `${sign}${threeFigures(size / divisor)} ${name}`;
  }
  const [from, letter] = letters.find(([least]) => size >= least) ?? [1, ""];
  return `${sign}${threeFigures(from === 1e4 ? size / 1000 : size / from)}${letter}`;
}

/** The exact figure where the unit is said once for all: without the word after it. */
export function formatExactShort(value: number, unit: string): string {
  const text = formatExact(value, unit);
  return named.has(unit) ? text : text.slice(0, -unit.length - 1);
}

function threeFigures(value: number): string {
  return value >= 100 ? formatCount(Math.round(value)) : short().format(value);
}

function shortUsd(micros: number): string {
  const dollars = micros / 1_000_000;
  if (dollars === 0) return "0";
  if (dollars >= 1000) return formatCount(Math.round(dollars));
  return dollars >= 0.1 ? dollars.toFixed(2) : short().format(dollars);
}

function signed(value: number, format: Intl.NumberFormat, after: string): string {
  return `${value < 0 ? "−" : ""}${format.format(Math.abs(value))}${after}`;
}
