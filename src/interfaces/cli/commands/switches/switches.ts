// `switches throw`, `switches lift`, `switches list` and `stop`.
import type { Switch, SwitchKind } from "../../../../governance/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readAhead } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, red } from "../../terminal/style.ts";
import { endOf, findByEnd } from "../alerts/alert-words.ts";

export interface ThrowOptions {
  reason: string;
  for?: string;
}

export interface ListSwitchesOptions {
  all?: boolean;
  limit: number;
}

const LOOKED_THROUGH = 1000;

export async function throwSwitch(
  cli: Cli,
  { kind, name, reason, for: until }: ThrowOptions & { kind: string; name?: string | undefined },
): Promise<void> {
  const { output, host } = cli;
  const thrown = await connect(cli).api.switches.throw({
    // The command tree allows no other.
    kind: kind as SwitchKind,
    ...(name !== undefined && { name }),
    reason,
    ends_at_ms: until === undefined ? null : readAhead("--for", until, host.nowMs()),
  });
  if (output.isJson) return output.json(thrown);
  output.line(red("Switched off"), `: ${whatOf(thrown)}.`);
  output.note(dim(`binnacle switches lift ${endOf(thrown.id)} lifts it.`));
}

export async function liftSwitch(cli: Cli, end: string): Promise<void> {
  const { output } = cli;
  const { switches } = connect(cli).api;
  const known = (await switches.list({ limit: LOOKED_THROUGH })).switches.map(({ id }) => id);
  const lifted = await switches.lift({ id: findByEnd(end, known) ?? end });
  if (output.isJson) return output.json(lifted);
  output.line(green("On again"), `: ${whatOf(lifted)}.`);
}

export async function listSwitches(cli: Cli, { all = false, limit }: ListSwitchesOptions): Promise<void> {
  const { output, host } = cli;
  const answer = await connect(cli).api.switches.list({ state: all ? "all" : "thrown", limit });
  if (output.isJson) return output.json(answer);
  if (answer.switches.length === 0) return output.note("Nothing is switched off.");
  const when = (ms: number | null) => (ms === null ? dim("–") : formatMoment(ms, host.nowMs()));
  output.table(
    [
      { title: "WHAT", shrinksTo: 12 },
      { title: "SINCE" },
      { title: "UNTIL" },
      { title: "BY", shrinksTo: 6 },
      { title: "REASON", shrinksTo: 8 },
      { title: "ID" },
    ],
    answer.switches.map((each) => [
      whatOf(each),
      when(each.thrown_at_ms),
      when(each.lifted_at_ms ?? each.ends_at_ms),
      each.thrown_by.name,
      each.reason,
      cyan(endOf(each.id)),
    ]),
  );
}

function whatOf({ kind, name }: Switch): string {
  return kind === "installation" ? "the whole installation" : `${kind} ${name}`;
}
