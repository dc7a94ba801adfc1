// Calls in which guardrails found something, as the list of calls gives them: page by page up to a bound, beyond which the list says
// that there are more. Figures are the API's own.
import type { BinnacleClient } from "../../../../../client/index.ts";
import type { CallSummary } from "../../../../../src/ledger/contract.ts";

const pageSize = 200;
const pagesMax = 10;

export interface Counted {
  calls: readonly CallSummary[];
  /** False where the bound was met. */
  isWhole: boolean;
}

export interface Stretch {
  sinceMs: number;
  untilMs: number;
}

/** As the ledger's filter writes it: a word of its own in quotes. */
export function filterFor(what: string | null): string {
  return what === null ? "guardrail:*" : `guardrail:"${what.replaceAll(/["\\]/g, "")}"`;
}

export async function readFindings(
  client: BinnacleClient,
  { what, sinceMs, untilMs }: Stretch & { what: string | null },
  signal: AbortSignal,
): Promise<Counted> {
  const calls: CallSummary[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const query = { filter: filterFor(what), since_ms: sinceMs, until_ms: untilMs, limit: pageSize, cursor };
    const answer = await client.calls.list(query, { signal });
    calls.push(...answer.calls);
    if (answer.next_cursor === null) return { calls, isWhole: true };
    cursor = answer.next_cursor;
  }
  return { calls, isWhole: false };
}

/** How many calls began in each step, from the first to the last; buckets are as long as a step, or shorter. */
export function countBySteps(
  buckets: readonly { at_ms: number | null; calls: number }[],
  { sinceMs, untilMs }: Stretch,
  stepMs: number,
): [number, number][] {
  const first = Math.floor(sinceMs / stepMs) * stepMs;
  const counts = new Map<number, number>();
  for (let at = first; at < untilMs; at += stepMs) counts.set(at, 0);
  for (const { at_ms: atMs, calls } of buckets) {
    const at = Math.floor((atMs ?? 0) / stepMs) * stepMs;
    counts.set(at, (counts.get(at) ?? 0) + calls);
  }
  return [...counts].toSorted(([a], [b]) => a - b);
}
