// `doctor`: runs every check, prints each with its fix, and fails when something must be fixed. It changes nothing.
import type { Cli } from "../cli.ts";
import { findHome, findServer } from "../find-server.ts";
import { bold, green, type Piece, red, yellow } from "../terminal/style.ts";
import type { Finding } from "./finding.ts";
import { checkHome } from "./check-home.ts";
import { checkConfiguration, checkDisk, checkRuntime } from "./check-machine.ts";
import { checkServer } from "./check-server.ts";

export async function runDoctor(cli: Cli, options: { config?: string }): Promise<number> {
  const { output } = cli;
  const findings = await examine(cli, options);
  const problems = findings.filter(({ outcome }) => outcome === "problem").length;
  const warnings = findings.filter(({ outcome }) => outcome === "warning").length;
  if (output.isJson) output.json({ ok: problems === 0, checks: findings });
  else {
    findings.forEach((finding) => printFinding(cli, finding));
    output.line();
    output.line(...summarise(problems, warnings));
  }
  return problems === 0 ? 0 : 1;
}

async function examine(cli: Cli, { config }: { config?: string }): Promise<Finding[]> {
  const { isLocal } = findServer(cli);
  const home = findHome(cli);
  // The folder here says nothing about a server elsewhere.
  const here = isLocal ? [...checkHome(home, cli.host.nowMs()), checkDisk(home)] : [];
  return [checkRuntime(Bun.version), await checkConfiguration(cli, config), ...here, ...(await checkServer(cli))];
}

function printFinding({ output }: Cli, { check, outcome, message, fix }: Finding): void {
  const mark = { ok: green("ok      "), warning: yellow("warning "), problem: red("problem ") }[outcome];
  const [first = "", ...rest] = message.split("\n");
  output.line(mark, bold(check.padEnd(14)), first);
  for (const line of rest) output.line(" ".repeat(22), line);
  if (fix !== null) output.line(" ".repeat(22), "→ ", fix);
}

function summarise(problems: number, warnings: number): Piece[] {
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  if (problems > 0) return [red(`${count(problems, "problem")} to fix`), `, ${count(warnings, "warning")}.`];
  return warnings > 0 ? [green("No problem"), `, ${count(warnings, "warning")}.`] : [green("All is well.")];
}
