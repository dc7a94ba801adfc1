// `calls show`: one call, whole, with what was said of it.
import type { Cli } from "../cli.ts";
import { connect, type Connection } from "../connect.ts";
import { joinSections, section } from "../terminal/page.ts";
import { type Line, yellow } from "../terminal/style.ts";
import { describeScores } from "./call/describe-scores.ts";
import { describeCall } from "./describe-call.ts";
import { findCall } from "./find-call.ts";

export async function showCall(cli: Cli, id: string, { body = false }: { body?: boolean }): Promise<void> {
  const { output } = cli;
  const connection = connect(cli);
  const call = await findCall(connection, id);
  if (output.isJson) return output.json(call);
  const page = describeCall(call, { withBodies: body, columns: output.columns });
  output.lines(joinSections([page, await scoresOf(connection, call.id)]));
}

/** They are in PostgreSQL alone: a call may be there to be shown without them. */
async function scoresOf({ api }: Connection, id: string): Promise<Line[]> {
  try {
    return describeScores(await api.records.scores.list({ id }));
  } catch (error) {
    return section("Scores", [["  ", yellow(error instanceof Error ? error.message : "They cannot be read.")]]);
  }
}
