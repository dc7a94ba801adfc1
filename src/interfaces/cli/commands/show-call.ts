// `calls show`: one call, whole.
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { describeCall } from "./describe-call.ts";
import { findCall } from "./find-call.ts";

export async function showCall(cli: Cli, id: string, { body = false }: { body?: boolean }): Promise<void> {
  const { output } = cli;
  const call = await findCall(connect(cli), id);
  if (output.isJson) return output.json(call);
  output.lines(describeCall(call, { withBodies: body, columns: output.columns }));
}
