// The `switches` branch of the command tree, and `stop`. The code behind a command is loaded when it runs.
import { type Command, Argument } from "commander";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "../../command-parts.ts";
import type { ListSwitchesOptions, ThrowOptions } from "./switches.ts";

/** These are the contract's, written out: loading the contract would make every help slow. */
const KINDS = [
  "installation",
  "organisation",
  "team",
  "project",
  "user",
  "key",
  "model",
  "vendor",
  "route",
  "agent",
  "tool",
];

export function addSwitchCommands(program: Command, act: Act): void {
  const switches = group(program, "switches").description("switch things off at once, everywhere, and on again");
  addThrow(switches, act);
  switches
    .command("lift")
    .description("switch something on again")
    .argument("<id>", "the switch's id, or the end of one that is thrown")
    .addHelpText("after", examples("binnacle switches lift 8f2c61d09a4b"))
    .action(act(async (cli, id: string) => (await import("./switches.ts")).liftSwitch(cli, id)));
  switches
    .command("list")
    .description("list what is switched off, newest first")
    .option("--all", "those that were lifted, too")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 100)
    .addHelpText("after", examples("binnacle switches list", "binnacle switches list --all --json"))
    .action(
      act(async (cli, options: ListSwitchesOptions) => (await import("./switches.ts")).listSwitches(cli, options)),
    );
  program
    .command("stop")
    .description("switch the whole installation off: calls under way end, new ones are refused, until it is lifted")
    .requiredOption("--reason <text>", "why; callers are told it")
    .option("--for <time>", "until when: 30m, 8h, 7d, or a date; by default until it is lifted")
    .addHelpText("after", examples('binnacle stop --reason "an agent has run away"'))
    .action(
      act(async (cli, options: ThrowOptions) =>
        (await import("./switches.ts")).throwSwitch(cli, { kind: "installation", ...options }),
      ),
    );
}

function addThrow(switches: Command, act: Act): void {
  switches
    .command("throw")
    .description(
      "switch something off: its calls under way end, new ones are refused, in all processes within a second",
    )
    .addArgument(new Argument("<kind>", "what it is").choices(KINDS))
    .argument("[name]", "its name, with * for any text; none for the installation")
    .requiredOption("--reason <text>", "why; callers are told it")
    .option("--for <time>", "until when: 30m, 8h, 7d, or a date; by default until it is lifted")
    .addHelpText(
      "after",
      examples(
        'binnacle switches throw team core --reason "budget review"',
        'binnacle switches throw model "openai/gpt-4o*" --for 2h --reason "wrong answers since 9:00"',
      ),
    )
    .action(
      act(async (cli, ...[kind, name, options]: [string, string | undefined, ThrowOptions]) =>
        (await import("./switches.ts")).throwSwitch(cli, { kind, name, ...options }),
      ),
    );
}
