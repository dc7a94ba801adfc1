// The `policy` branch of the command tree. The code behind a command is loaded when it runs.
import { type Command, InvalidArgumentError } from "commander";
import { type Act, examples, wholeNumber } from "../../command-parts.ts";
import type { ProposeOptions } from "./change-policies.ts";
import type { DryRunOptions, TestOptions } from "./try-policies.ts";

const NUMBER = ["<number>", "the version, as `policy list` shows it", wholeNumber(1, 1e12)] as const;
const PATH = ["<path>", "a folder with *.cedar files, or one such file"] as const;

export function addPolicyCommands(policy: Command, act: Act): void {
  addLooks(policy, act);
  addTrials(policy, act);
  addChanges(policy, act);
}

function addLooks(policy: Command, act: Act): void {
  policy
    .command("list")
    .description("list versions of the policies, newest first")
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, 1000), 20)
    .addHelpText("after", examples("binnacle policy list"))
    .action(
      act(async (cli, options: { limit: number }) =>
        (await import("./show-policies.ts")).listVersions(cli, options.limit),
      ),
    );
  policy
    .command("show")
    .description("show the policies that decide now, or the files of a version")
    .argument("[number]", "a version, as `policy list` shows it", wholeNumber(1, 1e12))
    .addHelpText("after", examples("binnacle policy show", "binnacle policy show 3"))
    .action(act(async (cli, number?: number) => (await import("./show-policies.ts")).showPolicies(cli, number)));
  policy
    .command("diff")
    .description("show how a version differs from the one that decides now, or from another")
    .argument(...NUMBER)
    .argument("[other]", "in place of what decides now", wholeNumber(1, 1e12))
    .addHelpText("after", examples("binnacle policy diff 4", "binnacle policy diff 4 3"))
    .action(
      act(async (cli, number: number, other?: number) =>
        (await import("./show-policies.ts")).diffVersions(cli, number, other),
      ),
    );
}

function addTrials(policy: Command, act: Act): void {
  policy
    .command("test")
    .description("try policies on example cases, without a server; fails where one comes out otherwise")
    .argument("[path]", PATH[1])
    .option("--cases <file>", "the cases (by default every *.cases.yaml of the folder)")
    .option("--of <number>", "those of a version that the server has, in place of a path", wholeNumber(1, 1e12))
    .addHelpText(
      "after",
      examples(
        "binnacle policy test policies",
        "binnacle policy test own.cedar --cases own.cases.yaml",
        "binnacle policy test --of 4",
      ),
    )
    .action(
      act(async (cli, path: string | undefined, options: TestOptions) =>
        (await import("./try-policies.ts")).testPolicies(cli, path, options),
      ),
    );
  policy
    .command("dry-run")
    .description("show what of the calls of the last days would have been refused")
    .argument(...PATH)
    .option("--days <count>", "how far back", days, 7)
    .addHelpText("after", examples("binnacle policy dry-run policies --days 30"))
    .action(
      act(async (cli, path: string, options: DryRunOptions) =>
        (await import("./try-policies.ts")).dryRunPolicies(cli, path, options),
      ),
    );
}

function addChanges(policy: Command, act: Act): void {
  policy
    .command("propose")
    .description("propose these files as a version, with the *.cases.yaml beside them; what is not in them goes")
    .argument(...PATH)
    .option("--note <text>", "why", "")
    .option("--draft", "not yet for review")
    .addHelpText("after", examples("binnacle policy propose policies --note 'secret data stay in the EU'"))
    .action(
      act(async (cli, path: string, options: ProposeOptions) =>
        (await import("./change-policies.ts")).proposeVersion(cli, path, options),
      ),
    );
  const steps = [
    ["submit", "give a draft to review"],
    ["approve", "approve a version that somebody else proposed"],
    ["activate", "let a version decide, on all servers within a second"],
  ] as const;
  for (const [name, description] of steps)
    policy
      .command(name)
      .description(description)
      .argument(...NUMBER)
      .addHelpText("after", examples(`binnacle policy ${name} 4`))
      .action(
        act(async (cli, number: number) => (await import("./change-policies.ts")).stepVersion(cli, name, number)),
      );
  policy
    .command("roll-back")
    .description("let the version decide that did before")
    .option("--to-shipped", "the shipped policies alone")
    .addHelpText("after", examples("binnacle policy roll-back", "binnacle policy roll-back --to-shipped"))
    .action(
      act(async (cli, options: { toShipped?: boolean }) =>
        (await import("./change-policies.ts")).rollBack(cli, options.toShipped === true),
      ),
    );
}

function days(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 90) return value;
  throw new InvalidArgumentError("It must be a number of days, at most 90.");
}
