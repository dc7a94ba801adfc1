// One wide log event a call: ids and figures, never what was said. It has the shape of pino's lines.
import type { CallRecord } from "../ledger/contract.ts";
import type { Ledger } from "../ledger/index.ts";

const INFO = 30;

/** Returns the way to stop. `writeLine` takes one JSON text a call. */
export function logCalls(ledger: Ledger, writeLine: (json: string) => void): () => void {
  return ledger.subscribe((record) => writeLine(JSON.stringify(eventOf(record))));
}

function eventOf(record: CallRecord) {
  const { id, trace_id, who, model, route, answer, attempts, tokens, cost, timings, outcome, status, error } = record;
  return {
    level: INFO,
    time: Math.round(record.started_at_ms + timings.total_ms),
    msg: "call",
    call: id,
    trace: trace_id,
    key: who.key_id,
    model,
    route: route.name,
    target: answer?.target,
    attempts: attempts.length,
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cost_usd_micros: cost.usd_micros,
    first_token_ms: timings.first_token_ms,
    total_ms: timings.total_ms,
    outcome,
    status,
    cache: record.cache === "off" ? undefined : record.cache,
    error: error?.code,
  };
}
