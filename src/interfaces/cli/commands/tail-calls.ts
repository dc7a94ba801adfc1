// `calls tail`: calls as they end. A lost server is waited for; the list of calls has what ended in between.
import { ORPCError } from "@orpc/client";
import type { CallSummary } from "../../../ledger/contract.ts";
import { sleep } from "../../../kernel/index.ts";
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { cutLine, dim, type Line, yellow } from "../terminal/style.ts";
import { fitColumns, renderHeading, renderRow } from "../terminal/table.ts";
import { callColumns, callRow, typicalCallRow } from "./call-rows.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export async function tailCalls(cli: Cli, { limit = Number.POSITIVE_INFINITY }: { limit?: number }): Promise<void> {
  const { host, output } = cli;
  const { stream } = connect(cli);
  const print = createPrinter(cli);
  let left = limit;
  let pauseMs: number | undefined;
  while (left > 0 && !host.signal.aborted) {
    try {
      const calls = await stream.calls.live();
      output.note(dim(pauseMs === undefined ? "Waiting for calls … Ctrl-C ends." : "Connected again."));
      pauseMs = FIRST_PAUSE_MS;
      for await (const call of calls) {
        print(call);
        left -= 1;
        if (left === 0) return;
      }
    } catch (error) {
      if (host.signal.aborted) return;
      if (pauseMs === undefined || !canPass(error)) throw error;
    }
    if (pauseMs === FIRST_PAUSE_MS)
      output.note(yellow("Lost the server; trying again. Calls that end meanwhile are in `binnacle calls list`."));
    await sleep(pauseMs, host.signal);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** A refusal stays one, however often it is asked; anything else may pass. */
function canPass(error: unknown): boolean {
  return !(error instanceof ORPCError) || error.status >= 500;
}

function createPrinter({ host, output }: Cli): (call: CallSummary) => void {
  if (output.isJson) return (call) => output.jsonLine(call);
  const fixed = fitColumns(callColumns, [typicalCallRow], output.columns);
  const write = (line: Line): void => output.line(...cutLine(line, output.columns));
  let isFirst = true;
  return (call) => {
    if (isFirst) write(renderHeading(callColumns, fixed));
    isFirst = false;
    const row = callRow(call, { nowMs: host.nowMs(), isShort: output.isTerminal });
    // Nothing is cut where no terminal is: a line may then stick out, but loses nothing.
    const widths = output.isTerminal ? fixed : fitColumns(callColumns, [typicalCallRow, row], output.columns);
    write(renderRow({ columns: callColumns, widths, row }));
  };
}
