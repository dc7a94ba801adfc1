// Tells how a drill went: lines and tables for people, and at the very end one line of JSON for programs.
import { formatDuration } from "../../src/kernel/index.ts";
import type { DrillResult, Figures } from "../drill.ts";
import type { DrillRequest } from "./request.ts";

export interface Report {
  begin(): void;
  say(text: string): void;
  /** The drill could not be carried through. */
  fail(error: unknown): void;
  end(result: DrillResult): void;
}

export function createReport(
  { drill, options, seed }: Pick<DrillRequest, "drill" | "options" | "seed">,
  { tell, conclude }: { tell(text: string): void; conclude(line: string): void },
): Report {
  const head = { drill: drill.name, seed };
  return {
    begin() {
      const given = Object.entries(options).map(([name, value]) => ` --${name} ${String(value)}`);
      tell(`drill ${drill.name} --seed ${seed}${given.join("")}\n`);
    },
    say: (text) => tell(`  ${text}\n`),
    fail(error) {
      const message = error instanceof Error ? error.message : String(error);
      tell(`\nThe drill could not be carried through: ${message}\n`);
      conclude(`${JSON.stringify({ ...head, ok: false, error: message })}\n`);
    },
    end(result) {
      const { checks, figures, table } = result;
      const ok = checks.every(({ holds }) => holds);
      if (table) tell(`\n${renderTable(table)}`);
      tell(
        `\n${renderTable(Object.entries(figures).map(([name, value]) => [labelOf(name), formatFigure(name, value)]))}`,
      );
      tell(`\n${renderTable(checks.map(({ that, holds, found }) => [holds ? "holds" : "BROKEN", that, found]))}`);
      tell(`\n${ok ? "It held." : "It did NOT hold."}\n`);
      conclude(`${jsonLine({ ...head, ok }, result)}\n`);
    },
  };
}

/** What did not hold is named, so that a log of these lines can be searched for it. */
function jsonLine(head: { drill: string; seed: number; ok: boolean }, { checks, figures }: DrillResult): string {
  const { drill, ok, seed } = head;
  const broken = checks.filter(({ holds }) => !holds).map(({ that, found }) => `${that}: ${found}`);
  return JSON.stringify({ drill, ok, seed, ...figures, broken });
}

/** Columns as wide as their widest cell; every row ends a line. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const pad = (cell: string, column: number): string => cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(pad).join("  ").trimEnd()}\n`).join("");
}

function labelOf(name: string): string {
  return name.replace(/_(ms|bytes)$/, "").replaceAll("_", " ");
}

export function formatFigure(name: string, value: Figures[string]): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (name.endsWith("_ms")) return formatDuration(value);
  if (name.endsWith("_bytes")) return `${(value / 2 ** 20).toFixed(1)} MiB`;
  return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
}
