// The `guardrails` branch of the command tree. The code behind a command is loaded when it runs.
import { type Command, Option } from "commander";
import { type Act, examples, wholeNumber } from "../../command-parts.ts";
import type { FindingsOptions } from "./list-findings.ts";
import type { TestOptions } from "./show-guardrails.ts";

/** The contract's sides, written out: loading the contract would make every help slow. */
const SIDES = ["input", "output", "tool_arguments", "tool_result", "retrieved"];

export function addGuardrailCommands(guardrails: Command, act: Act): void {
  guardrails
    .command("list")
    .description("list policies, what they look for and what then happens; and the detectors that there are")
    .addHelpText("after", examples("binnacle guardrails list", "binnacle guardrails list --json | jq .detectors"))
    .action(act(async (cli) => (await import("./show-guardrails.ts")).listGuardrails(cli)));
  guardrails
    .command("findings")
    .description("list what was found in calls: how often, by which policy, where, and what became of it")
    .option("--since <when>", "since then: 30m, 7d, or a date", "24h")
    .option("--until <when>", "and before then (by default now)")
    .option("--filter <filter>", "only in these calls, as `calls list` takes it")
    .option("-n, --limit <count>", "rows", wholeNumber(1, 1000), 50)
    .addHelpText(
      "after",
      examples(
        "binnacle guardrails findings --since 7d",
        "binnacle guardrails findings --filter 'team:support' --json",
      ),
    )
    .action(
      act(async (cli, options: FindingsOptions) => (await import("./list-findings.ts")).listFindings(cli, options)),
    );
  guardrails
    .command("test")
    .description("show what the guardrails find in a text; fails where it would be blocked")
    .argument("<text>", "the text; `-` reads it from standard input")
    .option("--policy <name>", "what this policy would do (by default all detectors look)")
    .addOption(new Option("--side <side>", "as if it stood there").choices(SIDES).default("input"))
    .addHelpText(
      "after",
      examples(
        'binnacle guardrails test "Write to ada@example.com"',
        "binnacle guardrails test --policy hide-personal-data - < letter.txt",
      ),
    )
    .action(
      act(async (cli, text: string, options: TestOptions) =>
        (await import("./show-guardrails.ts")).testText(cli, text, options),
      ),
    );
}
