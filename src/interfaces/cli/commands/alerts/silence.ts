// `alerts silence`, `alerts silences` and `alerts unsilence`.
import type { CreateSilence } from "../../../../alerts/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { readAhead } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { bold, cyan, dim, green } from "../../terminal/style.ts";
import { endOf, findByEnd } from "./alert-words.ts";

export interface SilenceOptions {
  for: string;
  comment: string;
}

export async function makeSilence(cli: Cli, match: string[], options: SilenceOptions): Promise<void> {
  const { output, host } = cli;
  const { api } = connect(cli);
  const until_ms = readAhead("--for", options.for, host.nowMs());
  const matchers = [];
  for (const text of match) matchers.push(readMatcher(text) ?? (await matcherOfAlert(cli, text)));
  const silence = await api.alerts.silences.create({ matchers, until_ms, comment: options.comment });
  if (output.isJson) return output.json(silence);
  output.line(green("Silenced"), ` until ${formatMoment(silence.until_ms, host.nowMs())}. `);
  output.note(dim(`binnacle alerts unsilence ${endOf(silence.id)} ends it.`));
}

type Matcher = CreateSilence["matchers"][number];

/** `route=fast,slow`. */
function readMatcher(text: string): Matcher | undefined {
  const [, name, values = ""] = /^([A-Za-z_]+)=(.*)$/s.exec(text) ?? [];
  return name === undefined ? undefined : { name, values: values.split(",") };
}

async function matcherOfAlert(cli: Cli, end: string): Promise<Matcher> {
  const { alerts } = await connect(cli).api.alerts.list();
  const id = findByEnd(
    end,
    alerts.map((alert) => alert.id),
  );
  if (id !== undefined) return { name: "id", values: [id] };
  throw cliErrors.usage({
    message: `No open alert has an id that ends with ${end}. Write what to silence like route=fast.`,
    help: "binnacle alerts silence --help",
  });
}

export async function listSilences(cli: Cli): Promise<void> {
  const { output, host } = cli;
  const answer = await connect(cli).api.alerts.silences.list();
  if (output.isJson) return output.json(answer);
  if (answer.silences.length === 0) return output.note("Nothing is silenced.");
  output.table(
    [
      { title: "WHAT", shrinksTo: 10 },
      { title: "FROM", goes: 1 },
      { title: "UNTIL" },
      { title: "BY", shrinksTo: 6 },
      { title: "COMMENT", shrinksTo: 8 },
      { title: "ID" },
    ],
    answer.silences.map(({ id, matchers, starts_at_ms, until_ms, created_by, comment }) => [
      matchers.map(({ name, values }) => `${name}=${values.join(",")}`).join(" "),
      formatMoment(starts_at_ms, host.nowMs()),
      formatMoment(until_ms, host.nowMs()),
      created_by.key_name,
      comment,
      cyan(endOf(id)),
    ]),
  );
}

export async function endSilence(cli: Cli, end: string): Promise<void> {
  const { output } = cli;
  const { silences } = connect(cli).api.alerts;
  const known = (await silences.list()).silences.map(({ id }) => id);
  const ended = await silences.delete({ id: findByEnd(end, known) ?? end });
  if (output.isJson) return output.json(ended);
  output.line(green("Ended "), bold(endOf(ended.ended)), ". What still fires is told again.");
}
