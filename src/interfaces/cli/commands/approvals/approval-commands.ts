// The `approvals` branch of the command tree. The code behind a command is loaded when it runs.
import { type Command, Option } from "commander";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "../../command-parts.ts";
import type { DelegateOptions, ListApprovalsOptions } from "./approvals.ts";

export function addApprovalCommands(program: Command, act: Act): void {
  const approvals = group(program, "approvals").description("see and decide what waits for a person");
  approvals
    .command("list")
    .description("list approvals, newest first")
    .addOption(
      new Option("--state <state>", "only those in this state").choices(["pending", "approved", "refused", "used"]),
    )
    .option("--mine", "only those that this key may decide now")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 50)
    .addHelpText("after", examples("binnacle approvals list --mine", "binnacle approvals list --state pending --json"))
    .action(
      act(async (cli, options: ListApprovalsOptions) => (await import("./approvals.ts")).listApprovals(cli, options)),
    );
  approvals
    .command("show")
    .description("show one approval, and what was decided so far")
    .argument("<id>", "the approval's id, or the end of one that is pending")
    .addHelpText("after", examples("binnacle approvals show 8f2c61d09a4b"))
    .action(act(async (cli, id: string) => (await import("./approvals.ts")).showApproval(cli, id)));
  approvals
    .command("count")
    .description("say how many are pending, and how many of them are for you")
    .addHelpText("after", examples("binnacle approvals count", "binnacle approvals count --json | jq .mine"))
    .action(act(async (cli) => (await import("./approvals.ts")).countApprovals(cli)));
  addDecision(approvals, "approve", act);
  addDecision(approvals, "refuse", act);
  addDelegations(approvals, act);
}

function addDelegations(approvals: Command, act: Act): void {
  approvals
    .command("delegate")
    .description("let somebody decide in your place for a while")
    .argument("<user>", "a user, or the id of a key")
    .requiredOption("--for <time>", "until when: 30m, 8h, 7d, or a date")
    .addHelpText("after", examples("binnacle approvals delegate bob --for 7d"))
    .action(
      act(async (cli, ...[user, options]: [string, DelegateOptions]) =>
        (await import("./approvals.ts")).delegate(cli, user, options),
      ),
    );
  approvals
    .command("delegations")
    .description("list who decides in whose place, and until when")
    .addHelpText("after", examples("binnacle approvals delegations"))
    .action(act(async (cli) => (await import("./approvals.ts")).listDelegations(cli)));
  approvals
    .command("undelegate")
    .description("end a delegation of your own")
    .argument("<id>", "the delegation's id, or the end of one")
    .addHelpText("after", examples("binnacle approvals undelegate 8f2c61d09a4b"))
    .action(act(async (cli, id: string) => (await import("./approvals.ts")).endDelegation(cli, id)));
}

function addDecision(approvals: Command, decision: "approve" | "refuse", act: Act): void {
  approvals
    .command(decision)
    .description(decision === "approve" ? "let it happen" : "let it not happen")
    .argument("<id>", "the approval's id, or the end of one that is pending")
    .option("--note <text>", "why, for the record")
    .addHelpText("after", examples(`binnacle approvals ${decision} 8f2c61d09a4b --note "looked at it"`))
    .action(
      act(async (cli, ...[id, { note }]: [string, { note?: string }]) =>
        (await import("./approvals.ts")).decideApproval(cli, id, { decision, note }),
      ),
    );
}
