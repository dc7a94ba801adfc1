// `compliance list` and `report`.
import { writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { Finding, Report } from "../../../../compliance/contract.ts";
import { renderReport } from "../../../../compliance/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { readPast } from "../../read-time.ts";
import type { Piece } from "../../terminal/style.ts";
import { bold, dim, green, red, yellow } from "../../terminal/style.ts";

export interface ReportOptions {
  since?: string;
  until?: string;
  out?: string;
}

export async function listFrameworks(cli: Cli): Promise<void> {
  const { output } = cli;
  const { frameworks } = await connect(cli).api.compliance.frameworks();
  if (output.isJson) return output.json({ frameworks });
  for (const { id, title, controls, known_at } of frameworks) {
    output.line(bold(id.padEnd(12)), title);
    output.line(" ".repeat(12), dim(`${controls.length} controls, as known on ${known_at}`));
  }
}

/** A file that is there is not written over. */
export async function makeReport(cli: Cli, framework: string, { since, until, out }: ReportOptions): Promise<void> {
  const { host, output } = cli;
  const extension = out === undefined ? ".json" : extname(out).toLowerCase();
  if (!EXTENSIONS.includes(extension))
    throw cliErrors.usage({ message: `--out ends neither in .html nor in .json: ${out}.`, help: HELP });
  const nowMs = host.nowMs();
  const server = connect(cli);
  // It may take longer than other questions: the trail is verified for it.
  const report = await server.stream.compliance.report({
    framework,
    ...(since !== undefined && { since_ms: readPast(since, nowMs) }),
    ...(until !== undefined && { until_ms: readPast(until, nowMs) }),
  });
  if (out === undefined) return tell(cli, report);
  const path = resolve(host.cwd, out);
  const text = extension === ".html" ? renderReport(report, server.url) : `${JSON.stringify(report, null, 2)}\n`;
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    throw cliErrors.cannot_write({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
  if (output.isJson) output.json({ file: path, bytes: Buffer.byteLength(text), sha256: report.sha256 });
  else output.note(`${framework} in ${path}`);
}

const EXTENSIONS = [".html", ".json"];
const HELP = "binnacle compliance report --help";

const WORDS: Readonly<Record<Finding, Piece>> = {
  met: green("met".padEnd(12)),
  not_met: red("not met".padEnd(12)),
  no_data: dim("no data".padEnd(12)),
  for_a_person: yellow("for a person"),
};

function tell({ output }: Cli, report: Report): void {
  if (output.isJson) return output.json(report);
  const { framework, since_ms, until_ms, evidence, caveat, sha256 } = report;
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  output.line(bold(framework.title), dim(`  ${day(since_ms)} to ${day(until_ms)}`));
  for (const { id, title, evidence: ids } of framework.controls) {
    output.line();
    output.line(bold(id), ` ${title}`);
    for (const each of evidence.filter((one) => ids.includes(one.id)))
      output.line("  ", WORDS[each.finding], "  ", each.title, dim(`: ${each.says}`));
  }
  output.line();
  output.line(dim(caveat));
  output.line(dim(`SHA-256 ${sha256}`));
}
