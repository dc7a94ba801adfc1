// What each model of a trace came to. Usage that is reported twice is counted where it came about, as the API does.
import type { TraceNode } from "../../../../../../src/ledger/contract.ts";

export interface ModelSum {
  model: string;
  calls: number;
  tokens: { input: number; output: number };
  costUsdMicros: number;
}

/** The dearest first. */
export function sumByModel(nodes: readonly TraceNode[], counted: ReadonlySet<string>): ModelSum[] {
  const sums = new Map<string, ModelSum>();
  for (const { id, model, tokens, cost_usd_micros: micros } of nodes) {
    if (!counted.has(id) || model === null) continue;
    const sum = sums.get(model) ?? { model, calls: 0, tokens: { input: 0, output: 0 }, costUsdMicros: 0 };
    sum.calls += 1;
    sum.tokens.input += tokens?.input ?? 0;
    sum.tokens.output += tokens?.output ?? 0;
    sum.costUsdMicros += micros ?? 0;
    sums.set(model, sum);
  }
  return [...sums.values()].toSorted(
    (one, other) => other.costUsdMicros - one.costUsdMicros || other.calls - one.calls,
  );
}
