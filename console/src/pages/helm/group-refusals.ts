// Refusals that say the same to the same key and model are one line: how many, and when the last one was.
import type { CallSummary } from "../../../../src/ledger/contract.ts";

export interface Refusal {
  /** The newest of them. */
  call: CallSummary;
  reason: string;
  count: number;
}

/** Newest first, as the calls are. */
export function groupRefusals(calls: readonly CallSummary[]): Refusal[] {
  const groups = new Map<string, Refusal>();
  for (const call of calls) {
    const reason = call.error?.message ?? "No reason is on record.";
    const name = JSON.stringify([reason, call.who.key_id, call.model]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { call, reason, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}
