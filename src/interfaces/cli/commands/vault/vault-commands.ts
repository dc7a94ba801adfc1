// The `vault` branch of the command tree. The code behind a command is loaded when it runs.
import type { Command } from "commander";
import { type Act, examples, wholeNumber } from "../../command-parts.ts";
import type { SubjectOptions } from "./vault.ts";

const LIMIT_MAX = 200;

export function addVaultCommands(vault: Command, act: Act): void {
  vault
    .command("show")
    .description("show whether content is sealed, by which keys, and how many there are")
    .addHelpText("after", examples("binnacle vault show", "binnacle vault show --json"))
    .action(act(async (cli) => (await import("./vault.ts")).showVault(cli)));
  vault
    .command("rotate")
    .description("begin a new wrapping key and wrap all data keys with it; calls go on meanwhile")
    .addHelpText("after", examples("binnacle vault rotate"))
    .action(act(async (cli) => (await import("./vault.ts")).rotateVault(cli)));
  ofSubject(vault.command("erase"))
    .description("destroy the keys of somebody's data, for good, and print the certificate")
    .option("--yes", "do it without asking")
    .addHelpText(
      "after",
      examples("binnacle vault erase --user ada --reason 'request of 21 November' > certificate.json"),
    )
    .action(act(async (cli, options: SubjectOptions) => (await import("./vault.ts")).erase(cli, options)));
  vault
    .command("erasures")
    .description("list certificates of erasures, newest first")
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, LIMIT_MAX), 20)
    .addHelpText("after", examples("binnacle vault erasures --json"))
    .action(act(async (cli, options: { limit: number }) => (await import("./vault.ts")).listErasures(cli, options)));
  ofSubject(vault.command("hold"))
    .description("hold somebody's data: neither retention nor erasure takes it until the hold is lifted")
    .addHelpText("after", examples("binnacle vault hold --project apollo --reason 'case 2026/117'"))
    .action(act(async (cli, options: SubjectOptions) => (await import("./vault.ts")).hold(cli, options)));
  vault
    .command("holds")
    .description("list legal holds, newest first")
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, LIMIT_MAX), 20)
    .addHelpText("after", examples("binnacle vault holds"))
    .action(act(async (cli, options: { limit: number }) => (await import("./vault.ts")).listHolds(cli, options)));
  vault
    .command("lift")
    .description("lift a legal hold")
    .argument("<id>", "the hold's id")
    .addHelpText("after", examples("binnacle vault lift 019a3f2e-5d0c-7a61-9c1e-2b7d90c4e811"))
    .action(act(async (cli, id: string) => (await import("./vault.ts")).lift(cli, id)));
}

function ofSubject(command: Command): Command {
  return command
    .option("--user <name>", "of this user")
    .option("--key-id <id>", "of this key")
    .option("--project <name>", "of this project")
    .option("--organisation <name>", "of this organisation")
    .requiredOption("--reason <text>", "why; it stands on the record");
}
