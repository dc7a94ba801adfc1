// Sums as they are shown.
import type { NodeRow } from "../store/records/list-records.ts";
import type { TotalsRow } from "../store/records/totals.ts";
import type { Totals } from "./contract.ts";
import { countedAmong } from "./counted-among.ts";

/** `max` is how many records were summed up at most. */
export function totalsOfRow(row: TotalsRow | undefined, max: number): Totals {
  return {
    records: row?.records ?? 0,
    failed: row?.failed ?? 0,
    calls: row?.calls ?? 0,
    tokens: { input: row?.input_tokens ?? 0, output: row?.output_tokens ?? 0 },
    cost_usd_micros: row?.cost_usd_micros ?? 0,
    saved_usd_micros: row?.saved_usd_micros ?? 0,
    started_at_ms: row?.started_at_ms ?? 0,
    ended_at_ms: row?.ended_at_ms ?? 0,
    cut: (row?.records ?? 0) >= max,
  };
}

const CALL_KINDS: ReadonlySet<string> = new Set(["call", "embedding", "rerank"]);

/** As PostgreSQL would sum them up. */
export function totalsOfNodes(nodes: readonly NodeRow[]): Totals {
  const totals: Totals = totalsOfRow(undefined, Infinity);
  totals.records = nodes.length;
  totals.started_at_ms = nodes[0]?.started_at_ms ?? 0;
  totals.ended_at_ms = timed(nodes).reduce(
    (end, { started_at_ms: at, duration_ms: ms }) => Math.max(end, at + (ms ?? 0)),
    0,
  );
  const counted = countedAmong(nodes, (node) => node.is_counted);
  for (const node of nodes) {
    totals.started_at_ms = Math.min(totals.started_at_ms, node.started_at_ms);
    if (node.outcome !== "ok") totals.failed += 1;
    totals.saved_usd_micros += node.saved_usd_micros ?? 0;
    if (!counted.has(node)) continue;
    if (CALL_KINDS.has(node.kind)) totals.calls += 1;
    totals.tokens.input += node.input_tokens ?? 0;
    totals.tokens.output += node.output_tokens ?? 0;
    totals.cost_usd_micros += node.cost_usd_micros ?? 0;
  }
  return totals;
}

/** Those that took part in the time: a judgement may be given days later. */
export function timed<Item extends { kind: string }>(records: readonly Item[]): readonly Item[] {
  const working = records.filter(({ kind }) => kind !== "score");
  return working.length > 0 ? working : records;
}
