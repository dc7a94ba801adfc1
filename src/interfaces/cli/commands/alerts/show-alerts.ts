// `alerts list`, `alerts show` and `alerts rules`.
import type { OpenAlert } from "../../../../alerts/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatExactly, formatMoment } from "../../terminal/moment.ts";
import { bold, cyan, dim, green, type Line, type Piece, red, yellow } from "../../terminal/style.ts";
import { amountOf, endOf, findByEnd, labelsOf, severityOf, stateOf } from "./alert-words.ts";

const right = "right" as const;

export async function listAlerts(cli: Cli): Promise<void> {
  const { output, host } = cli;
  const answer = await connect(cli).api.alerts.list();
  if (output.isJson) return output.json(answer);
  const { alerts, evaluation } = answer;
  if (alerts.length === 0) output.line(green("Nothing is wrong."));
  else
    output.table(
      [
        { title: "STATE" },
        { title: "SEVERITY" },
        { title: "RULE", shrinksTo: 8 },
        { title: "OF", shrinksTo: 8 },
        { title: "VALUE", align: right },
        { title: "BOUND", align: right },
        { title: "SINCE" },
        { title: "ID", goes: 1 },
      ],
      alerts.map((alert) => [
        markOf(alert),
        severityOf(alert.severity),
        alert.rule,
        labelsOf(alert.labels),
        amountOf(alert.value, alert.unit),
        amountOf(alert.threshold, alert.unit),
        formatMoment(alert.since_ms, host.nowMs()),
        cyan(endOf(alert.id)),
      ]),
    );
  const { evaluated_at_ms, deliveries_waiting, deliveries_dead } = evaluation;
  if (evaluated_at_ms === null) output.note(yellow("Rules were not looked at yet."));
  else output.note(dim(`Looked at ${formatMoment(evaluated_at_ms, host.nowMs())}.`));
  if (deliveries_waiting > 0) output.note(yellow(`${deliveries_waiting} messages wait to be told.`));
  if (deliveries_dead > 0)
    output.note(red(`${deliveries_dead} messages were given up: binnacle alerts deliveries --state dead`));
}

function markOf({ state, silenced_by }: OpenAlert): Piece {
  return silenced_by.length > 0 ? dim("silenced") : stateOf(state);
}

const HISTORY_SHOWN = 20;

export async function showAlert(cli: Cli, id: string): Promise<void> {
  const { output, host } = cli;
  const { api } = connect(cli);
  const open = await api.alerts.list();
  const whole =
    findByEnd(
      id,
      open.alerts.map((alert) => alert.id),
    ) ?? id;
  const alert = await api.alerts.get({ id: whole });
  const { entries } = await api.alerts.history({ alert_id: whole, limit: HISTORY_SHOWN });
  if (output.isJson) return output.json({ alert, history: entries });
  output.line(bold(alert.rule), "  ", stateOf(alert.state), "  ", severityOf(alert.severity));
  const lines: [string, Piece][] = [
    ["of", labelsOf(alert.labels)],
    ["value", amountOf(alert.value, alert.unit)],
    ["bound", amountOf(alert.threshold, alert.unit)],
    ...Object.entries(alert.facts).map(([name, fact]): [string, Piece] => [
      name.replaceAll("_", " "),
      fact === null ? dim("–") : String(fact),
    ]),
    ["since", formatExactly(alert.since_ms)],
    ...(alert.resolved_at_ms === null ? [] : [["until", formatExactly(alert.resolved_at_ms)] as [string, Piece]]),
    ...alert.silenced_by.map((silence): [string, Piece] => ["silenced by", silence]),
    ["id", alert.id],
  ];
  output.lines(lines.map(([name, value]): Line => [dim(name.padEnd(18)), value]));
  for (const { at_ms, from, to } of entries)
    output.line(dim(formatMoment(at_ms, host.nowMs()).padEnd(18)), stateOf(from), " → ", stateOf(to));
}

export async function listRules(cli: Cli): Promise<void> {
  const { output, host } = cli;
  const answer = await connect(cli).api.alerts.rules.list();
  if (output.isJson) return output.json(answer);
  output.table(
    [
      { title: "RULE", shrinksTo: 8 },
      { title: "KIND" },
      { title: "FROM" },
      { title: "SERIES", align: right },
      { title: "READ" },
      { title: "PROBLEM", shrinksTo: 8 },
    ],
    answer.rules.map(({ name, kind, source, enabled, series, read_at_ms, error }) => [
      name,
      kind,
      source,
      series === null ? dim("–") : String(series),
      enabled ? (read_at_ms === null ? dim("not yet") : formatMoment(read_at_ms, host.nowMs())) : dim("off"),
      error === null ? dim("–") : red(error),
    ]),
  );
}
