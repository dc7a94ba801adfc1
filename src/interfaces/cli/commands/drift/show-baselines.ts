// `drift profiles` and `drift baseline`.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readPast } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, red } from "../../terminal/style.ts";
import { nameProfile } from "./describe-finding.ts";

const RIGHT = "right" as const;

export interface SetBaselineOptions {
  route?: string;
  prompt?: string;
  label?: string;
  since?: string;
  until?: string;
}

export async function listProfiles(cli: Cli): Promise<void> {
  const { host, output } = cli;
  const state = await connect(cli).api.drift.state();
  if (output.isJson) return output.json(state);
  if (!state.enabled) output.note("Calls are not compared: drift.enabled is false in the configuration.");
  if (state.profiles.length === 0) return output.note("No calls were looked at yet.");
  output.table(
    [
      { title: "PROFILE", shrinksTo: 12 },
      { title: "CALLS", align: RIGHT },
      { title: "SINCE" },
      { title: "BASELINE", shrinksTo: 10 },
      { title: "OPEN", align: RIGHT },
    ],
    state.profiles.map(({ profile, calls, first_ms, baseline, open }) => [
      nameProfile(profile),
      String(calls),
      formatMoment(first_ms, host.nowMs()),
      baseline ? baseline.label : dim("not yet"),
      open > 0 ? red(String(open)) : "0",
    ]),
  );
}

export async function listBaselines(cli: Cli): Promise<void> {
  const { host, output } = cli;
  const page = await connect(cli).api.drift.baselines.list();
  if (output.isJson) return output.json(page);
  if (page.baselines.length === 0)
    return output.note(
      "There are no baselines yet. Choose one with `binnacle drift baseline set`, or wait for the first.",
    );
  const moment = (atMs: number): string => formatMoment(atMs, host.nowMs());
  output.table(
    [
      { title: "PROFILE", shrinksTo: 12 },
      { title: "LABEL", shrinksTo: 8 },
      { title: "FROM" },
      { title: "UNTIL" },
      { title: "CALLS", align: RIGHT },
      { title: "ID", shrinksTo: 13 },
    ],
    page.baselines.map(({ id, profile, label, since_ms, until_ms, calls }) => [
      nameProfile(profile),
      label,
      moment(since_ms),
      moment(until_ms),
      String(calls),
      cyan(id),
    ]),
  );
}

export async function setBaseline(cli: Cli, model: string, options: SetBaselineOptions): Promise<void> {
  const { host, output } = cli;
  const { route, prompt, label, since, until } = options;
  const baseline = await connect(cli).api.drift.baselines.put({
    model,
    ...(route !== undefined && { route }),
    ...(prompt !== undefined && { prompt }),
    ...(label !== undefined && { label }),
    ...(since !== undefined && { since_ms: readPast(since, host.nowMs()) }),
    ...(until !== undefined && { until_ms: readPast(until, host.nowMs()) }),
  });
  if (output.isJson) return output.json(baseline);
  output.note(`${nameProfile(baseline.profile)} is compared with ${baseline.calls} calls of then (${baseline.label}).`);
}

export async function deleteBaseline(cli: Cli, id: string): Promise<void> {
  const { output } = cli;
  const deleted = await connect(cli).api.drift.baselines.delete({ id });
  if (output.isJson) return output.json(deleted);
  output.note("The baseline is gone; its findings are closed.");
}
