// The command tree: every command with its options, help and examples. The code behind a command is loaded when it
// runs, so that asking for help or the version loads none of it.
import { styleText } from "node:util";
import { Argument, Command, Option } from "commander";
import type { ChatOptions } from "./chat/chat.ts";
import type { FeedbackOptions } from "./commands/cache/judge-answer.ts";
import type { PurgeOptions } from "./commands/cache/purge-cache.ts";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "./command-parts.ts";
import type { ListSettingsOptions } from "./commands/config/list-settings.ts";
import type { ListModelsOptions } from "./commands/list-models.ts";
import type { ListCallsOptions } from "./commands/list-calls.ts";
import { addScoreCommand } from "./commands/call/score-commands.ts";
import { addPeopleCommands } from "./commands/people/people-commands.ts";
import { addAuditCommands } from "./commands/audit/audit-commands.ts";
import { addMetricCommands } from "./commands/metrics/metric-commands.ts";
import { addComplianceCommands } from "./commands/compliance/compliance-commands.ts";
import { addViewCommands } from "./commands/views/view-commands.ts";
import { addVaultCommands } from "./commands/vault/vault-commands.ts";
import { addDriftCommands } from "./commands/drift/drift-commands.ts";
import { addGuardrailCommands } from "./commands/guardrails/guardrail-commands.ts";
import { addAlertCommands } from "./commands/alerts/alert-commands.ts";
import { addFigureCommands } from "./commands/figures/figure-commands.ts";
import { addSessionCommands } from "./commands/session/session-commands.ts";
import { addPolicyCommands } from "./commands/policy/policy-commands.ts";
import { addRouteCommands, addVendorCommands } from "./commands/routes/route-commands.ts";
import { addRecordListing, addTraceCommands } from "./commands/traces/trace-commands.ts";
import { addApprovalCommands } from "./commands/approvals/approval-commands.ts";
import { addSwitchCommands } from "./commands/switches/switch-commands.ts";
import { addDirectoryCommands } from "./directory-commands.ts";
import { addRecordShowing, addStorageCommand, addTransferCommands } from "./commands/records/transfer-commands.ts";

const EXIT_CODES = "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.";

export function createProgram(version: string, act: Act): Command {
  const program = new Command("binnacle")
    .description("Binnacle, the AI operations platform, from the command line.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "show help for a command")
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      minWidthToWrap: 20,
      styleTitle: (title) => styleText("bold", title, { validateStream: false }),
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" "),
    });
  program
    .option("--url <url>", "the server's address (BINNACLE_URL; by default this machine at BINNACLE_PORT or 4100)")
    .option("--key <key>", "an API key (better: BINNACLE_KEY; by default admin.key of the data folder)")
    .option("--home <folder>", "the data folder (BINNACLE_HOME; by default ./.binnacle)")
    .option("--json", "print JSON instead of text");
  addServerCommands(program, act);
  addCallCommands(
    group(program, "calls").description("see what was called, by whom, at what cost, and say how good it was"),
    act,
  );
  const records = group(program, "records").description("list records of all kinds, take them out and in");
  addRecordListing(records, act);
  addRecordShowing(records, act);
  addTransferCommands(records, act);
  addTraceCommands(program, act);
  addStorageCommand(program, act);
  const metrics = group(program, "metrics").description("see figures over time, and metrics that others have sent");
  addMetricCommands(metrics, act);
  addModelCommands(program, act);
  addRouteCommands(
    group(program, "routes").description("see, make and change routes, and what one would do with a request"),
    act,
  );
  addVendorCommands(group(program, "vendors").description("see which vendors there are, and what they allow"), act);
  addPolicyCommands(group(program, "policy").description("see, test, try and change policies: who may do what"), act);
  addDirectoryCommands(program, act);
  addPeopleCommands(group(program, "people").description("invite people, and see who may sign in and is"), act);
  addSessionCommands(program, act);
  addViewCommands(group(program, "views").description("save views of the console's pages, and see them"), act);
  addBudgetCommands(group(program, "budgets").description("see what was spent of budgets and limits"), act);
  addSwitchCommands(program, act);
  addApprovalCommands(program, act);
  addAlertCommands(program, act);
  addFigureCommands({ program, metrics }, act);
  addCacheCommands(group(program, "cache").description("see and purge the answers that are kept"), act);
  addGuardrailCommands(
    group(program, "guardrails").description("see what is checked in calls, and try it on a text"),
    act,
  );
  addDriftCommands(group(program, "drift").description("see how calls differ from how they were"), act);
  addComplianceCommands(group(program, "compliance").description("report what the evidence shows, by framework"), act);
  addVaultCommands(group(program, "vault").description("see and rotate keys, erase data, hold it"), act);
  addAuditCommands(
    group(program, "audit").description("see who did what, and prove that nothing of it was changed"),
    act,
  );
  addConfigCommands(group(program, "config").description("check and show the configuration"), act);
  addCompletionCommand(program, act);
  return program.addHelpText("after", `\n${EXIT_CODES}`);
}

function addServerCommands(program: Command, act: Act): void {
  program
    .command("start")
    .description("start the server and run until Ctrl-C")
    .option("--port <port>", "listen on this port; 0 takes any free one", wholeNumber(0, 65_535))
    .option("--host <address>", "listen on this address; 0.0.0.0 for all")
    .option("--config <file>", "read this configuration file")
    .addHelpText("after", examples("binnacle start", "binnacle start --port 8080 --home /var/lib/binnacle"))
    .action(
      act((cli, options: { port?: number; host?: string; config?: string }) =>
        cli.host.startServer({ ...options, ...(cli.globals.home ? { home: cli.globals.home } : {}) }),
      ),
    );
  program
    .command("status")
    .description("show the state of the running server")
    .addHelpText("after", examples("binnacle status", "binnacle status --json"))
    .action(act(async (cli) => (await import("./commands/status.ts")).showStatus(cli)));
  program
    .command("boundary")
    .description("show how soon each signal can be acted on, against its bound; fails where a bound is crossed")
    .addHelpText("after", examples("binnacle boundary", "binnacle boundary --json | jq .state"))
    .action(act(async (cli) => (await import("./commands/boundary/show-boundary.ts")).showBoundary(cli)));
  program
    .command("doctor")
    .description("check the installation and say what to fix; fails when something must be fixed")
    .option("--config <file>", "check this configuration file")
    .addHelpText("after", examples("binnacle doctor"))
    .action(
      act(async (cli, options: { config?: string }) => (await import("./doctor/doctor.ts")).runDoctor(cli, options)),
    );
}

function addCallCommands(calls: Command, act: Act): void {
  calls
    .command("tail")
    .description("show calls as they end, until Ctrl-C")
    .option("-n, --limit <count>", "stop after this many", wholeNumber(1))
    .addHelpText("after", examples("binnacle calls tail", "binnacle calls tail --json | jq .cost.usd_micros"))
    .action(
      act(async (cli, options: { limit?: number }) =>
        (await import("./commands/tail-calls.ts")).tailCalls(cli, options),
      ),
    );
  calls
    .command("list")
    .description("list calls, newest first")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 20)
    .option("--model <name>", "only calls of this model, as the caller named it")
    .option("--route <name>", "only calls of this route")
    .option("--key-id <id>", "only calls of this key")
    .addOption(
      // These are the contract's callOutcomes, written out: loading the contract would make every help slow.
      new Option("--outcome <outcome>", "only calls that ended so").choices(OUTCOMES),
    )
    .option("--filter <filter>", "only calls that it finds: see docs/reference/filters.md")
    .option("--since <when>", "only calls since then: 30m, 1h, 7d, or a date (by default 7d)")
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText("after", examples("binnacle calls list --since 1h --outcome failed", "binnacle calls list --json"))
    .action(
      act(async (cli, options: ListCallsOptions) => (await import("./commands/list-calls.ts")).listCalls(cli, options)),
    );
  calls
    .command("show")
    .description("show one call: who, what, which route and why, attempts, tokens, cost, times, conversation, scores")
    .argument("<id>", "the call's id, the end of a recent one, or `last`")
    .option("--body", "show the request and the answer as they were sent")
    .addHelpText("after", examples("binnacle calls show last", "binnacle calls show 8f2c61d09a4b --body"))
    .action(
      act(async (cli, id: string, options: { body?: boolean }) =>
        (await import("./commands/show-call.ts")).showCall(cli, id, options),
      ),
    );
  addScoreCommand(calls, act);
}

export const OUTCOMES = ["ok", "refused", "failed", "truncated", "cancelled"] as const;

function addModelCommands(program: Command, act: Act): void {
  group(program, "models")
    .description("see which models can be called")
    .command("list")
    .description("list models with prices and capabilities")
    .option("-s, --search <text>", "only those whose name contains this")
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, 1000), 50)
    .option("--callable", "only those that your key may call")
    .addHelpText("after", examples("binnacle models list --search mini"))
    .action(
      act(async (cli, options: ListModelsOptions) =>
        (await import("./commands/list-models.ts")).listModels(cli, options),
      ),
    );
  program
    .command("chat")
    .description("ask a model, through the gateway; a conversation when no prompt is given")
    .argument("[model]", "a model or route; the first one there is when left out")
    .argument("[prompt]", "what to ask; `-` or a pipe reads it from standard input")
    .option("--system <text>", "instructions that stand before the conversation")
    .option("-q, --quiet", "print the answer alone, without tokens, cost and call id")
    .addHelpText(
      "after",
      examples(
        'binnacle chat sim/sim-small "What is a binnacle?"',
        "git diff | binnacle chat gpt-4o-mini",
        "binnacle chat",
      ),
    )
    .action(
      act(async (cli, ...[model, prompt, options]: [string | undefined, string | undefined, ChatOptions]) =>
        (await import("./chat/chat.ts")).chat(cli, { ...options, model, prompt }),
      ),
    );
}

function addBudgetCommands(budgets: Command, act: Act): void {
  budgets
    .command("list")
    .description("list budgets and limits that anything was spent of")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 100)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText("after", examples("binnacle budgets list", "binnacle budgets list --json | jq .budgets[].left"))
    .action(
      act(async (cli, options: { limit: number; cursor?: string }) =>
        (await import("./commands/list-budgets.ts")).listBudgets(cli, options),
      ),
    );
  budgets
    .command("mine")
    .description("what is left of the budgets and limits that your own next call is under")
    .addHelpText("after", examples("binnacle budgets mine"))
    .action(act(async (cli) => (await import("./commands/list-budgets.ts")).listOwnLimits(cli)));
}

function addCacheCommands(cache: Command, act: Act): void {
  cache
    .command("stats")
    .description("what the cache holds, and what it saved")
    .addHelpText("after", examples("binnacle cache stats"))
    .action(act(async (cli) => (await import("./commands/cache/show-cache.ts")).showCache(cli)));
  cache
    .command("purge")
    .description("take kept answers out, on all servers; options narrow it")
    .option("--model <model>", "of this route or vendor/model")
    .option("--team <team>", "shared within this team")
    .option("--project <project>", "shared within this project")
    .option("--user <user>", "shared by this user's keys")
    .option("--key-id <id>", "of this key alone")
    .option("--all", "all of them")
    .addHelpText("after", examples("binnacle cache purge --model fast", "binnacle cache purge --all"))
    .action(
      act(async (cli, options: PurgeOptions) =>
        (await import("./commands/cache/purge-cache.ts")).purgeCache(cli, options),
      ),
    );
  cache
    .command("feedback <call-id>")
    .description("say whether an answer to a question only alike was right")
    .option("--right", "it answered its question")
    .option("--wrong", "it did not, and is given to no other question any more")
    .addHelpText("after", examples("binnacle cache feedback 019a3f2e-… --wrong"))
    .action(
      act(async (cli, callId: string, options: FeedbackOptions) =>
        (await import("./commands/cache/judge-answer.ts")).judgeAnswer(cli, callId, options),
      ),
    );
}

function addConfigCommands(config: Command, act: Act): void {
  config
    .command("check")
    .description("check a configuration file, and say what is wrong with it")
    .argument("[file]", "by default the one that a start in this folder would read")
    .addHelpText("after", examples("binnacle config check", "binnacle config check staging.yaml"))
    .action(act(async (cli, file?: string) => (await import("./commands/config/config.ts")).checkConfig(cli, file)));
  config
    .command("show")
    .description("show the whole configuration, defaults included; secrets stay references")
    .argument("[file]", "by default the one that a start in this folder would read")
    .addHelpText("after", examples("binnacle config show", "binnacle config show --json | jq .config.gateway"))
    .action(act(async (cli, file?: string) => (await import("./commands/config/config.ts")).showConfig(cli, file)));
  config
    .command("list")
    .description("list every value that the running server holds, and where it was set")
    .option("-s, --search <text>", "only those with this in their name or description")
    .option("--changed", "only those that a file or a variable sets")
    .addHelpText("after", examples("binnacle config list --changed", "binnacle config list --search timeout"))
    .action(
      act(async (cli, options: ListSettingsOptions) =>
        (await import("./commands/config/list-settings.ts")).listSettings(cli, options),
      ),
    );
}

function addCompletionCommand(program: Command, act: Act): void {
  program
    .command("completion")
    .description("print a script that lets your shell complete commands and options")
    .addArgument(new Argument("<shell>", "your shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      examples(
        "binnacle completion bash > ~/.local/share/bash-completion/completions/binnacle",
        "binnacle completion zsh > ~/.zfunc/_binnacle   # with ~/.zfunc in fpath",
        "binnacle completion fish > ~/.config/fish/completions/binnacle.fish",
      ),
    )
    .action(
      act(async (cli, shell: "bash" | "zsh" | "fish") =>
        (await import("./completion/completion.ts")).printCompletion(cli, program, shell),
      ),
    );
}

function argumentTerm(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}
