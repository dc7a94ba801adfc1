// The command about oneself: who the key is, and what it may do.
import type { Command } from "commander";
import { type Act, examples } from "../../command-parts.ts";

export function addSessionCommands(program: Command, act: Act): void {
  program
    .command("whoami")
    .description("show who your key is, what it may do, and whose records it sees")
    .addHelpText("after", examples("binnacle whoami", "binnacle whoami --json | jq .actions"))
    .action(act(async (cli) => (await import("./who-am-i.ts")).showWhoAmI(cli)));
}
