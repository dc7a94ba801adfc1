// Who answered the calls of one route in the last hour: read from its newest calls, as many as are looked at.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import type { Api } from "../../../api/open-api.ts";
import { useServices } from "../../../page/services.ts";

const hourMs = 3_600_000;
const pageSize = 200;
/** So many calls of the hour are looked at; with more, the newest. */
const callsMax = 1000;

export interface Traffic {
  sinceMs: number;
  calls: number;
  /** There are more calls than were looked at. */
  isCut: boolean;
  answeredBy: ReadonlyMap<string, Answers>;
  /** By nobody: refused, failed, from the cache. */
  unanswered: number;
}

export interface Answers {
  calls: number;
  /** Broken off after they began. */
  truncated: number;
}

export function useTraffic(route: string) {
  const { api } = useServices();
  return useQuery({
    queryKey: ["routes", "traffic", route],
    queryFn: ({ signal }) => readTraffic(api, route, signal),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  });
}

async function readTraffic({ client }: Api, route: string, signal: AbortSignal): Promise<Traffic> {
  const sinceMs = Date.now() - hourMs;
  const calls: CallSummary[] = [];
  let cursor: string | null | undefined;
  while (calls.length < callsMax && cursor !== null) {
    const page = await client.calls.list(
      { route, since_ms: sinceMs, limit: pageSize, ...(cursor !== undefined && { cursor }) },
      { signal },
    );
    calls.push(...page.calls);
    cursor = page.next_cursor;
  }
  return { ...countAnswers(calls), sinceMs, isCut: cursor !== null };
}

export function countAnswers(
  calls: readonly Pick<CallSummary, "answer" | "outcome">[],
): Pick<Traffic, "calls" | "answeredBy" | "unanswered"> {
  const answeredBy = new Map<string, Answers>();
  for (const { answer, outcome } of calls) {
    if (answer === null) continue;
    const known = answeredBy.get(answer.target) ?? { calls: 0, truncated: 0 };
    answeredBy.set(answer.target, {
      calls: known.calls + 1,
      truncated: known.truncated + Number(outcome === "truncated"),
    });
  }
  const answered = [...answeredBy.values()].reduce((sum, { calls: count }) => sum + count, 0);
  return { calls: calls.length, answeredBy, unanswered: calls.length - answered };
}

/** Of all that were answered, by these targets together, 0 to 1; null where nothing was. */
export function shareOf({ answeredBy, calls, unanswered }: Traffic, targets: readonly string[]): number | null {
  const answered = calls - unanswered;
  if (answered === 0) return null;
  return targets.reduce((sum, target) => sum + (answeredBy.get(target)?.calls ?? 0), 0) / answered;
}
