// The `alerts` and `slos` branches of the command tree. The code behind a command is loaded when it runs.
import { type Command, Option } from "commander";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "../../command-parts.ts";
import type { DeliveriesOptions, HistoryOptions } from "./show-past.ts";
import type { SilenceOptions } from "./silence.ts";

export function addAlertCommands(program: Command, act: Act): void {
  const alerts = group(program, "alerts").description("see what is wrong, silence it, and see who was told");
  addLooks(alerts, act);
  addPast(alerts, act);
  addSilences(alerts, act);
  addRuleChanges(alerts, act);
  addSloCommands(
    group(program, "slos").description("see objectives, what is left of their error budgets and how fast they burn"),
    act,
  );
}

function addLooks(alerts: Command, act: Act): void {
  alerts
    .command("list")
    .description("list alerts that are pending or firing, the worst first")
    .addHelpText("after", examples("binnacle alerts list", "binnacle alerts list --json | jq .alerts[].rule"))
    .action(act(async (cli) => (await import("./show-alerts.ts")).listAlerts(cli)));
  alerts
    .command("show")
    .description("show one alert, its figures and what became of it")
    .argument("<id>", "the alert's id, or the end of one that is open")
    .addHelpText("after", examples("binnacle alerts show 8f2c61d09a4b"))
    .action(act(async (cli, id: string) => (await import("./show-alerts.ts")).showAlert(cli, id)));
  alerts
    .command("rules")
    .description("list alert rules with where they come from, and how they were last read")
    .addHelpText("after", examples("binnacle alerts rules"))
    .action(act(async (cli) => (await import("./show-alerts.ts")).listRules(cli)));
  alerts
    .command("channels")
    .description("list the channels of the configuration that messages go to")
    .addHelpText("after", examples("binnacle alerts channels"))
    .action(act(async (cli) => (await import("./show-past.ts")).listChannels(cli)));
  alerts
    .command("test-channel")
    .description("send a test to a channel of the configuration, now; fails where it does not arrive")
    .argument("<name>", "the channel's name")
    .addHelpText("after", examples("binnacle alerts test-channel ops"))
    .action(act(async (cli, name: string) => (await import("./show-past.ts")).testChannel(cli, name)));
}

function addPast(alerts: Command, act: Act): void {
  const withPage = (command: Command): Command =>
    command
      .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 50)
      .option("--cursor <cursor>", "continue after the page that gave this cursor");
  withPage(alerts.command("history"))
    .description("list what began and ended to fire, newest first")
    .option("--rule <name>", "of this rule alone")
    .addHelpText("after", examples("binnacle alerts history --rule error_spike"))
    .action(act(async (cli, options: HistoryOptions) => (await import("./show-past.ts")).listHistory(cli, options)));
  withPage(alerts.command("deliveries"))
    .description("list messages that wait, were sent or given up, newest first")
    .addOption(new Option("--state <state>", "only those in this state").choices(["waiting", "sent", "dead"]))
    .addHelpText("after", examples("binnacle alerts deliveries --state dead"))
    .action(
      act(async (cli, options: DeliveriesOptions) => (await import("./show-past.ts")).listDeliveries(cli, options)),
    );
  alerts
    .command("retry")
    .description("send a message again that was given up")
    .argument("<id>", "the message's id, as `alerts deliveries --json` shows it, or its end")
    .addHelpText("after", examples("binnacle alerts retry 8f2c61d09a4b"))
    .action(act(async (cli, id: string) => (await import("./show-past.ts")).retryDelivery(cli, id)));
}

function addRuleChanges(alerts: Command, act: Act): void {
  alerts
    .command("set-rule")
    .description("make or change an alert rule, on all servers")
    .argument("<name>", "the rule's name")
    .requiredOption("-f, --file <file>", "the rule, as under alerts.rules.NAME in the config; `-` reads standard input")
    .addHelpText("after", examples("binnacle alerts set-rule team-money -f rule.yaml"))
    .action(
      act(async (cli, name: string, options: { file: string }) =>
        (await import("./change-settings.ts")).setRule(cli, name, options),
      ),
    );
  alerts
    .command("delete-rule")
    .description("delete an alert rule that was made by API; what it told of is resolved")
    .argument("<name>", "the rule's name")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", examples("binnacle alerts delete-rule team-money"))
    .action(
      act(async (cli, name: string, options: { yes?: boolean }) =>
        (await import("./change-settings.ts")).deleteRule(cli, name, options),
      ),
    );
}

function addSilences(alerts: Command, act: Act): void {
  alerts
    .command("silence")
    .description("let nobody be told of some alerts for a while")
    .argument("<match...>", "what all must fit: rule=error_spike, route=fast,slow, team=lab*; or an alert's id")
    .requiredOption("--for <time>", "until when: 30m, 8h, 7d, or a date")
    .requiredOption("--comment <text>", "why, for whoever wonders")
    .addHelpText(
      "after",
      examples(
        'binnacle alerts silence route=fast --for 2h --comment "vendor works on it"',
        'binnacle alerts silence 8f2c61d09a4b --for 1d --comment "known"',
      ),
    )
    .action(
      act(async (cli, ...[match, options]: [string[], SilenceOptions]) =>
        (await import("./silence.ts")).makeSilence(cli, match, options),
      ),
    );
  alerts
    .command("silences")
    .description("list silences that hold or will hold")
    .addHelpText("after", examples("binnacle alerts silences"))
    .action(act(async (cli) => (await import("./silence.ts")).listSilences(cli)));
  alerts
    .command("unsilence")
    .description("end a silence")
    .argument("<id>", "the silence's id, or the end of one")
    .addHelpText("after", examples("binnacle alerts unsilence 5b0e7c1f2a3d"))
    .action(act(async (cli, id: string) => (await import("./silence.ts")).endSilence(cli, id)));
}

function addSloCommands(slos: Command, act: Act): void {
  slos
    .command("list")
    .description("list objectives with what is left of their error budgets and how fast they burn")
    .addHelpText("after", examples("binnacle slos list", "binnacle slos list --json | jq .slos[].series[].budget_left"))
    .action(act(async (cli) => (await import("./show-slos.ts")).listSlos(cli)));
  slos
    .command("show")
    .description("show one objective, all its series and windows")
    .argument("<name>", "the objective's name")
    .addHelpText("after", examples("binnacle slos show chat-availability"))
    .action(act(async (cli, name: string) => (await import("./show-slos.ts")).showSlo(cli, name)));
  slos
    .command("set")
    .description("make or change an objective, on all servers")
    .argument("<name>", "the objective's name")
    .requiredOption(
      "-f, --file <file>",
      "the objective, as under alerts.slos.NAME in the config; `-` reads standard input",
    )
    .addHelpText("after", examples("binnacle slos set chat-availability -f slo.yaml"))
    .action(
      act(async (cli, name: string, options: { file: string }) =>
        (await import("./change-settings.ts")).setSlo(cli, name, options),
      ),
    );
  slos
    .command("delete")
    .description("delete an objective that was made by API")
    .argument("<name>", "the objective's name")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", examples("binnacle slos delete chat-availability"))
    .action(
      act(async (cli, name: string, options: { yes?: boolean }) =>
        (await import("./change-settings.ts")).deleteSlo(cli, name, options),
      ),
    );
}
