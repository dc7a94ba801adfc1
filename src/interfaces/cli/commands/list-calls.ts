// `calls list`: one page of the record, newest first.
import type { CallOutcome } from "../../../ledger/contract.ts";
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { readPast } from "../read-time.ts";
import { dim } from "../terminal/style.ts";
import { callColumns, callRow } from "./call-rows.ts";

export interface ListCallsOptions {
  limit: number;
  model?: string;
  route?: string;
  keyId?: string;
  outcome?: CallOutcome;
  filter?: string;
  since?: string;
  cursor?: string;
}

export async function listCalls(cli: Cli, { since, keyId, ...query }: ListCallsOptions): Promise<void> {
  const { host, output } = cli;
  const since_ms = since === undefined ? undefined : readPast(since, host.nowMs());
  const page = await connect(cli).api.calls.list({ ...query, key_id: keyId, since_ms });
  if (output.isJson) return output.json(page);
  if (page.calls.length === 0) return output.note("No calls.");
  const nowMs = host.nowMs();
  output.table(
    callColumns,
    page.calls.map((call) => callRow(call, { nowMs, isShort: output.isTerminal })),
  );
  if (page.next_cursor !== null && output.isTerminal)
    output.note(dim(`More, with the same options and --cursor ${page.next_cursor}`));
}
