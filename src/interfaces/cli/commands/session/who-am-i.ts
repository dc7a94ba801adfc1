// `whoami`.
import type { OwnSession } from "../../../../identity/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { bold, dim } from "../../terminal/style.ts";

export async function showWhoAmI(cli: Cli): Promise<void> {
  const { output } = cli;
  const session = await connect(cli).api.session.get();
  if (output.isJson) return output.json(session);
  const { key_name, key_id, user, roles, organisation, is_installation, actions, sees } = session;
  output.line(bold(key_name), dim(` ${key_id}`));
  const lines = [
    ["kind", session.kind],
    ["user", user ?? dim("none")],
    ["roles", roles.join(", ") || dim("none")],
    ["organisation", is_installation ? `${organisation}, the installation's own` : organisation],
    ["may", actions.join(", ") || dim("nothing in all of it")],
    ["sees", describeSights(sees)],
  ] as const;
  for (const [name, value] of lines) output.line(dim(name.padEnd(14)), value);
}

function describeSights({ records, bodies, figures }: OwnSession["sees"]): string {
  const wholes = { organisation: "of the organisation", project: "of the project", own: "of its own", nothing: "none" };
  return `records: ${wholes[records]}; their texts: ${wholes[bodies]}; figures: ${wholes[figures]}`;
}
