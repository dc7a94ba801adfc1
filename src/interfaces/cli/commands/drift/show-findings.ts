// `drift list` and `drift show`.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { readPast } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, red } from "../../terminal/style.ts";
import { describeFinding, nameProfile, summariseFinding } from "./describe-finding.ts";

export interface ListFindingsOptions {
  limit: number;
  state?: "open" | "closed";
  since?: string;
  cursor?: string;
}

export async function listFindings(cli: Cli, { since, ...query }: ListFindingsOptions): Promise<void> {
  const { host, output } = cli;
  const since_ms = since === undefined ? undefined : readPast(since, host.nowMs());
  const page = await connect(cli).api.drift.findings({ ...query, ...(since_ms !== undefined && { since_ms }) });
  if (output.isJson) return output.json(page);
  if (page.findings.length === 0)
    return output.note("Nothing drifts. `binnacle drift profiles` shows what is watched.");
  output.table(
    [
      { title: "SINCE" },
      { title: "STATE" },
      { title: "FIGURE" },
      { title: "OF", shrinksTo: 10 },
      { title: "WHAT", shrinksTo: 16 },
      { title: "ID", shrinksTo: 13 },
    ],
    page.findings.map((finding) => [
      formatMoment(finding.since_ms, host.nowMs()),
      finding.state === "open" ? red("open") : green("closed"),
      cyan(finding.figure),
      nameProfile(finding.profile),
      summariseFinding(finding),
      dim(finding.id),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function showFinding(cli: Cli, id: string): Promise<void> {
  const { output } = cli;
  const { drift } = connect(cli).api;
  const [last] = id === "last" ? (await drift.findings({ limit: 1 })).findings : [await drift.finding({ id })];
  if (!last) throw cliErrors.usage({ message: "There are no findings yet.", help: "binnacle drift --help" });
  if (output.isJson) return output.json(last);
  output.lines(describeFinding(last));
}
