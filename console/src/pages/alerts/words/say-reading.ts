// An alert's figure in words: its value and its threshold are both in its unit.
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import { formatCount, formatDuration, formatUsd } from "../../../format/figures.ts";
import { onFirstUse } from "../../../format/on-first-use.ts";

type Unit = AlertView["unit"];

const places = onFirstUse(() => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 }));
const burns = onFirstUse(() => new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 }));

/** `12.5 %`, `$0.020000`, `4.20 s`, `0.62`, `14.4 ×`, `3 records`. Null is nothing known. */
export function sayReading(value: number | null, unit: Unit): string {
  if (value === null) return "nothing known";
  if (unit === "share") return `${places().format(value * 100)} %`;
  if (unit === "usd_micros") return formatUsd(Math.round(value));
  if (unit === "ms") return formatDuration(value);
  if (unit === "burn") return sayBurn(value);
  if (unit === "records") return value === 1 ? "1 record" : `${formatCount(value)} records`;
  return places().format(value);
}

/** `14.4 ×`. */
export function sayBurn(burn: number): string {
  return `${burns().format(burn)} ×`;
}

/** What of the two is too much: a score and a count are bad where they are low. */
export function sayAgainst({ unit }: Pick<AlertView, "unit">): string {
  return unit === "score" || unit === "records" ? "below" : "above";
}

/** `−40 %`, of a part of 1. */
export function sayShare(share: number): string {
  const percent = share * 100;
  const text = places().format(Math.abs(Math.abs(percent) < 10 ? Number(percent.toFixed(2)) : Math.round(percent)));
  return `${percent < 0 ? "−" : ""}${text} %`;
}
