// Words for alerts in tables: labels, amounts, states, and the ends of ids.
import type { AlertView } from "../../../../alerts/contract.ts";
import { formatDuration, formatUsd } from "../../../../kernel/index.ts";
import { cliErrors } from "../../errors.ts";
import { dim, green, type Piece, red, yellow } from "../../terminal/style.ts";

export function labelsOf(labels: AlertView["labels"]): Piece {
  const said = Object.entries(labels).map(([name, value]) => `${name}=${value === "" ? "(none)" : value}`);
  return said.length === 0 ? dim("–") : said.join(" ");
}

export function amountOf(amount: number | null, unit: AlertView["unit"]): Piece {
  if (amount === null) return dim("–");
  switch (unit) {
    case "share":
      return `${(amount * 100).toFixed(1)} %`;
    case "usd_micros":
      return formatUsd(amount);
    case "ms":
      return formatDuration(amount);
    case "burn":
      return `${amount.toFixed(1)}×`;
    case "records":
      return String(amount);
    case "score":
    case "distance":
      return amount.toPrecision(3);
  }
}

export function stateOf(state: AlertView["state"] | "well"): Piece {
  if (state === "firing") return red(state);
  return state === "pending" ? yellow(state) : green(state);
}

export function severityOf(severity: AlertView["severity"]): Piece {
  if (severity === "critical") return red(severity);
  return severity === "warning" ? yellow(severity) : severity;
}

const SHOWN = 12;

/** Enough to tell one from the others of a day. */
export function endOf(id: string): string {
  return id.slice(-SHOWN);
}

/** A whole id, or the end of one of these. Throws `cli.usage` where several end so. */
export function findByEnd(end: string, ids: readonly string[]): string | undefined {
  const found = ids.filter((id) => id.endsWith(end));
  if (found.length > 1)
    throw cliErrors.usage({ message: `${found.length} ids end with ${end}.`, help: "binnacle alerts --help" });
  return found[0];
}
