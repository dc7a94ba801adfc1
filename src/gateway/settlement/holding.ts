// What a call holds of its budgets, until it is known what it came to.
import type { Actual, Hold } from "../../governance/index.ts";
import type { CallRecord } from "../../ledger/index.ts";
import { actualOf } from "../target-limits/settle-attempt.ts";

/** What budgets and limits are charged. */
export type Charge = Pick<Actual, "usd_micros" | "tokens">;

export interface Holding {
  take(hold: Hold | undefined, afterMs: number): void;
  /** Tells what all of it came to, and puts it on the record, in place of what one answer came to. */
  billedBy(sumUp: (record: CallRecord) => Charge): void;
  /** Nothing is held any more, and what is asked for from here on is held for anew. */
  settle(): void;
}

export function createHolding(record: CallRecord): Holding {
  let held: (Hold & { afterMs: number }) | undefined;
  let sumUp: ((record: CallRecord) => Charge) | undefined;
  return {
    take: (hold, afterMs) => void (held = hold && { ...hold, afterMs }),
    billedBy: (bill) => void (sumUp = bill),
    settle() {
      const charge = sumUp?.(record);
      sumUp = undefined;
      if (held) settleHold(held, record, charge);
      held = undefined;
    },
  };
}

function settleHold(hold: Hold & { afterMs: number }, record: CallRecord, charge: Charge | undefined): void {
  const actual = { ...actualOf(record, hold), ...charge };
  hold.settle(actual);
  const { usd_micros: held_usd_micros, afterMs: held_after_ms } = hold;
  if (held_usd_micros > 0) record.budget = { held_usd_micros, held_after_ms, charged_usd_micros: actual.usd_micros };
}
