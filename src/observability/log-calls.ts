// One wide log event a call: ids and figures, never what was said.
import type { Log } from "../kernel/index.ts";
import type { Ledger } from "../ledger/index.ts";

/** Returns the way to stop. */
export function logCalls(ledger: Ledger, log: Log): () => void {
  if (!log.isLevelEnabled("info")) return () => undefined;
  return ledger.subscribe(
    ({ id, trace_id, who, model, route, answer, attempts, tokens, cost, timings, outcome, status, error }) => {
      log.info(
        {
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
          error: error?.code,
        },
        "call",
      );
    },
  );
}
