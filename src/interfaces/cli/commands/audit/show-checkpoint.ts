// `audit checkpoint`: what was signed last; fails where nothing is signed any more. `audit consistency`: that the tree only grew.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { dim, red, yellow } from "../../terminal/style.ts";

export async function showCheckpoint(cli: Cli): Promise<number> {
  const { host, output } = cli;
  const state = await connect(cli).api.audit.state();
  const exitCode = state.fault === null ? 0 : 1;
  if (output.isJson) {
    output.json(state);
    return exitCode;
  }
  for (const line of state.checkpoint?.trimEnd().split("\n") ?? ["Nothing was signed yet."]) output.line(line);
  if (state.signed_at_ms !== null) output.note(dim(`signed ${formatMoment(state.signed_at_ms, host.nowMs())}`));
  for (const key of state.keys) output.note(dim(`key ${key}`));
  if (state.waiting > 0) output.note(yellow(`${state.waiting} entries have no place in the tree yet.`));
  for (const { name, sent, last_error } of state.receivers)
    output.note(last_error === null ? dim(`${name}: ${sent} sent`) : red(`${name}: ${sent} sent; ${last_error}`));
  for (const { name, size, last_error } of state.witnesses)
    output.note(last_error === null ? dim(`${name}: signed ${size}`) : red(`${name}: signed ${size}; ${last_error}`));
  if (state.fault !== null)
    output.note(red(`Nothing more is signed: ${state.fault}. \`binnacle audit verify\` says what differs.`));
  return exitCode;
}

/** For whoever kept a checkpoint of that size: with the proof, its root leads to the newer one. */
export async function showConsistency(cli: Cli, from: number, { to }: { to?: number }): Promise<void> {
  const { output } = cli;
  const found = await connect(cli).api.audit.consistency({ from, ...(to !== undefined && { to }) });
  if (output.isJson) return output.json(found);
  output.line(`from  ${found.from}  ${found.from_root}`);
  output.line(`to    ${found.to}  ${found.to_root}`);
  for (const hash of found.proof) output.line(`      ${hash}`);
}
