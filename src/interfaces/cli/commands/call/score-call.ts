// `calls score`.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { bold, green, red } from "../../terminal/style.ts";
import { findCall } from "../find-call.ts";
import { wordsOfScore } from "./describe-scores.ts";

export interface ScoreOptions {
  name: string;
  value?: number;
  label?: string;
  comment?: string;
  user?: string;
  takeBack?: boolean;
}

export async function scoreCall(
  cli: Cli,
  wanted: string,
  { takeBack = false, ...said }: ScoreOptions,
): Promise<number | void> {
  const { output } = cli;
  const saysSomething = said.value !== undefined || said.label !== undefined;
  if (takeBack === saysSomething) {
    output.note(red("Say how good it was with --value, --label or both, or --take-back."));
    return 2;
  }
  const connection = connect(cli);
  const { scores } = connection.api.records;
  const { id } = await findCall(connection, wanted);
  if (takeBack) {
    const { name, user } = said;
    const gone = await scores.delete({ id, name, ...(user !== undefined && { user }) });
    if (output.isJson) return output.json(gone);
    return output.line(green("Taken back. "), `Call ${id} has no `, bold(name), " of yours.");
  }
  const given = await scores.create({ id, ...said });
  if (output.isJson) return output.json(given);
  output.line(green("Scored. "), `Call ${id}: `, bold(given.name), ` ${wordsOfScore(given)}`);
}
