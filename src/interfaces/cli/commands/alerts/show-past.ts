// `alerts history`, `alerts deliveries`, `alerts retry`, `alerts channels` and `alerts test-channel`.
import type { DeliveryView } from "../../../../alerts/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, type Line, type Piece, red, yellow } from "../../terminal/style.ts";
import { amountOf, endOf, findByEnd, labelsOf, severityOf, stateOf } from "./alert-words.ts";

interface PageOptions {
  limit: number;
  cursor?: string;
}
export interface HistoryOptions extends PageOptions {
  rule?: string;
}
export interface DeliveriesOptions extends PageOptions {
  state?: DeliveryView["state"];
}

const right = "right" as const;
const LOOKED_THROUGH = 200;

export async function listHistory(cli: Cli, options: HistoryOptions): Promise<void> {
  const { output, host } = cli;
  const page = await connect(cli).api.alerts.history(options);
  if (output.isJson) return output.json(page);
  if (page.entries.length === 0) return output.note("Nothing has fired.");
  output.table(
    [
      { title: "WHEN" },
      { title: "WHAT" },
      { title: "SEVERITY" },
      { title: "RULE", shrinksTo: 8 },
      { title: "OF", shrinksTo: 8 },
      { title: "VALUE", align: right },
      { title: "ALERT", goes: 1 },
    ],
    page.entries.map(({ at_ms, from, to, alert }) => [
      formatMoment(at_ms, host.nowMs()),
      [stateOf(from), dim(" → "), stateOf(to)] satisfies Line,
      severityOf(alert.severity),
      alert.rule,
      labelsOf(alert.labels),
      amountOf(alert.value, alert.unit),
      cyan(endOf(alert.id)),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function listDeliveries(cli: Cli, options: DeliveriesOptions): Promise<void> {
  const { output, host } = cli;
  const page = await connect(cli).api.alerts.deliveries.list(options);
  if (output.isJson) return output.json(page);
  if (page.deliveries.length === 0) return output.note("There are no such messages.");
  output.table(
    [
      { title: "MADE" },
      { title: "CHANNEL", shrinksTo: 8 },
      { title: "STATE" },
      { title: "TRIES", align: right },
      { title: "TELLS" },
      { title: "NEXT" },
      { title: "LAST ANSWER", shrinksTo: 10 },
    ],
    page.deliveries.map((delivery) => [
      formatMoment(delivery.created_at_ms, host.nowMs()),
      delivery.channel,
      deliveryStateOf(delivery.state),
      String(delivery.attempts),
      `${delivery.firing} firing, ${delivery.resolved} resolved`,
      delivery.next_at_ms === null ? dim("–") : formatMoment(delivery.next_at_ms, host.nowMs()),
      lastAnswerOf(delivery),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

function deliveryStateOf(state: DeliveryView["state"]): Piece {
  if (state === "sent") return green(state);
  return state === "dead" ? red(state) : yellow(state);
}

function lastAnswerOf({ last_status, last_error }: DeliveryView): Piece {
  if (last_error === null) return dim("–");
  return last_status === null ? last_error : `${last_status} ${last_error}`;
}

/** Of those that were given up; the latest are looked through for the end of an id. */
export async function retryDelivery(cli: Cli, end: string): Promise<void> {
  const { output } = cli;
  const { deliveries } = connect(cli).api.alerts;
  const known = (await deliveries.list({ state: "dead", limit: LOOKED_THROUGH })).deliveries.map(({ id }) => id);
  const done = await deliveries.retry({ id: findByEnd(end, known) ?? end });
  if (output.isJson) return output.json(done);
  output.line(green("Waiting"), ": it is sent again within seconds.");
}

export async function listChannels(cli: Cli): Promise<void> {
  const { output } = cli;
  const answer = await connect(cli).api.alerts.channels.list();
  if (output.isJson) return output.json(answer);
  if (answer.channels.length === 0)
    return output.note("There are no channels. They are set in the config (alerts.channels).");
  output.table(
    [{ title: "CHANNEL", shrinksTo: 8 }, { title: "KIND" }, { title: "GETS" }],
    answer.channels.map(({ name, kind, by_default }) => [
      cyan(name),
      kind,
      by_default ? "what no other is named for" : dim("what names it"),
    ]),
  );
}

/** Exit code 1 where it did not arrive. */
export async function testChannel(cli: Cli, name: string): Promise<number> {
  const { output } = cli;
  const tested = await connect(cli).api.alerts.channels.test({ name });
  if (output.isJson) output.json(tested);
  else if (tested.delivered) output.line(green("Delivered."), tested.detail === "" ? "" : ` It said: ${tested.detail}`);
  else output.line(red("Not delivered: "), tested.status === null ? "" : `${tested.status} `, tested.detail);
  return tested.delivered ? 0 : 1;
}
