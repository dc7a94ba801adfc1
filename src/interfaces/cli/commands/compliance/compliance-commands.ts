// The `compliance` branch of the command tree. The code behind a command is loaded when it runs.
import type { Command } from "commander";
import { type Act, examples } from "../../command-parts.ts";
import type { ReportOptions } from "./compliance.ts";

export function addComplianceCommands(compliance: Command, act: Act): void {
  compliance
    .command("list")
    .description("list the frameworks that can be reported on")
    .addHelpText("after", examples("binnacle compliance list", "binnacle compliance list --json"))
    .action(act(async (cli) => (await import("./compliance.ts")).listFrameworks(cli)));
  compliance
    .command("report")
    .description(
      "say what the evidence of a time shows for each control of a framework; that it was made is on the audit trail",
    )
    .argument("<framework>", "its id, as `compliance list` shows it")
    .option("--since <when>", "from then on: 30d, or a date (by default 90d before the end)")
    .option("--until <when>", "up to then: 1d for a day ago, or a date (by default now)")
    .option("--out <file>", "write it there: .html for a page that prints, .json for the whole as JSON")
    .addHelpText(
      "after",
      examples(
        "binnacle compliance report soc2",
        "binnacle compliance report eu-ai-act --since 2026-10-01 --until 2026-11-01 --out october.html",
      ),
    )
    .action(
      act(async (cli, ...[framework, options]: [string, ReportOptions]) =>
        (await import("./compliance.ts")).makeReport(cli, framework, options),
      ),
    );
}
