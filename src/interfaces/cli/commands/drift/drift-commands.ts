// The `drift` branch of the command tree. The code behind a command is loaded when it runs.
import { type Command, Option } from "commander";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "../../command-parts.ts";
import type { ListFindingsOptions } from "./show-findings.ts";
import type { SetBaselineOptions } from "./show-baselines.ts";

export function addDriftCommands(drift: Command, act: Act): void {
  addLooks(drift, act);
  addBaselines(group(drift, "baseline").description("see and choose what calls are compared with"), act);
}

function addLooks(drift: Command, act: Act): void {
  drift
    .command("list")
    .description("list what drifts, or did; newest first")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 20)
    .addOption(new Option("--state <state>", "only those that are so").choices(["open", "closed"]))
    .option("--since <when>", "only those that changed since then: 30m, 1h, 7d, or a date")
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText("after", examples("binnacle drift list --state open", "binnacle drift list --since 7d --json"))
    .action(
      act(async (cli, options: ListFindingsOptions) => (await import("./show-findings.ts")).listFindings(cli, options)),
    );
  drift
    .command("show")
    .description("show one finding: how calls were, how they are, and how sure that is")
    .argument("<id>", "the finding's id, or `last`")
    .addHelpText("after", examples("binnacle drift show last"))
    .action(act(async (cli, id: string) => (await import("./show-findings.ts")).showFinding(cli, id)));
  drift
    .command("profiles")
    .description("list models, routes and prompts that are watched, and their baselines")
    .addHelpText("after", examples("binnacle drift profiles"))
    .action(act(async (cli) => (await import("./show-baselines.ts")).listProfiles(cli)));
}

function addBaselines(baselines: Command, act: Act): void {
  baselines
    .command("list")
    .description("list what profiles are compared with")
    .addHelpText("after", examples("binnacle drift baseline list"))
    .action(act(async (cli) => (await import("./show-baselines.ts")).listBaselines(cli)));
  baselines
    .command("set")
    .description("compare a profile with its calls of a time, from now on")
    .argument("<model>", "as callers name it")
    .option("--route <name>", "of this route (by default that of the model's most calls)")
    .option("--prompt <name>", "of this prompt, with its version: greeting@v2")
    .option("--label <text>", "a release, or whatever it stands for")
    .option("--since <when>", "its time begins then: 7d, 12h, or a date")
    .option("--until <when>", "and ends then (by default now)")
    .addHelpText(
      "after",
      examples(
        "binnacle drift baseline set gpt-4o-mini --label 'release 7' --since 7d",
        "binnacle drift baseline set fast --prompt greeting@v2 --since 2026-11-01 --until 2026-11-08",
      ),
    )
    .action(
      act(async (cli, model: string, options: SetBaselineOptions) =>
        (await import("./show-baselines.ts")).setBaseline(cli, model, options),
      ),
    );
  baselines
    .command("delete")
    .description("take a baseline away; an automatic one follows when enough was seen")
    .argument("<id>", "the baseline's id")
    .addHelpText("after", examples("binnacle drift baseline delete 019a3f2e-…"))
    .action(act(async (cli, id: string) => (await import("./show-baselines.ts")).deleteBaseline(cli, id)));
}
