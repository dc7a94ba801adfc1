// What is held for a call, settled once for each time that it is held: with what the record says by then.
import type { Hold } from "../../governance/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";

export interface Holding {
  /** Undefined for a caller without caps. */
  begin(hold: Hold | undefined): void;
  /** What the answer on the record came to; where that is not known, what it may have come to. */
  settle(): void;
}

/** `afterMs` tells how long ago the call began. */
export function createHolding(record: CallRecord, afterMs: () => number): Holding {
  let held: (Hold & { afterMs: number }) | undefined;
  return {
    begin: (hold) => void (held = hold && { ...hold, afterMs: afterMs() }),
    settle() {
      if (held) settleHold(held, record);
      held = undefined;
    },
  };
}

function settleHold(hold: Hold & { afterMs: number }, record: CallRecord): void {
  const { answer, cost, tokens, budget: before } = record;
  const charged = cost.usd_micros ?? (answer ? hold.usd_micros : 0);
  hold.settle({ usd_micros: charged, tokens: tokens.input + tokens.output });
  if (hold.usd_micros <= 0) return;
  record.budget = {
    held_usd_micros: (before?.held_usd_micros ?? 0) + hold.usd_micros,
    held_after_ms: before?.held_after_ms ?? hold.afterMs,
    charged_usd_micros: (before?.charged_usd_micros ?? 0) + charged,
  };
}
