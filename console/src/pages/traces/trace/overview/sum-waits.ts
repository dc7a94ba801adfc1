// Where a trace's time went, by what was done: the same tool called three hundred times is one line.
import type { TraceNode } from "../../../../../../src/ledger/contract.ts";
import { nameOf } from "../trace-tree.ts";

export interface WaitSum {
  kind: string;
  name: string;
  times: number;
  waitedMs: number;
  /** The one that was waited for longest. */
  longest: TraceNode;
}

/** What was waited for longest first. */
export function sumWaits(nodes: readonly TraceNode[]): WaitSum[] {
  const sums = new Map<string, WaitSum>();
  for (const node of nodes) {
    if (node.critical_ms <= 0) continue;
    const { kind, critical_ms: waitedMs } = node;
    const name = nameOf(node);
    const before = sums.get(`${kind}\n${name}`);
    sums.set(`${kind}\n${name}`, {
      kind,
      name,
      times: (before?.times ?? 0) + 1,
      waitedMs: (before?.waitedMs ?? 0) + waitedMs,
      longest: before === undefined || waitedMs > before.longest.critical_ms ? node : before.longest,
    });
  }
  return [...sums.values()].toSorted((one, other) => other.waitedMs - one.waitedMs);
}
