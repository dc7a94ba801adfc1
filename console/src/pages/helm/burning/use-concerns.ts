// Asks every room what needs somebody. What could not be asked is said, and does not count as well.
import { useQueries } from "@tanstack/react-query";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { useServices } from "../../../page/services.ts";
import {
  type Concern,
  concernsOfAlerts,
  concernsOfApprovals,
  concernsOfBudgets,
  concernsOfDrift,
  concernsOfSlos,
  concernsOfSwitches,
  worstFirst,
} from "./concerns.ts";

export interface Concerns {
  /** The worst first; empty until everything was asked once, for what comes later may belong above. */
  list: Concern[];
  /** Null until everything was asked once. */
  updatedAtMs: number | null;
  problem: Problem | null;
}

const everyMs = 5000;

export function useConcerns(): Concerns {
  const { api, session } = useServices();
  const may = (action: string): boolean => session.actions.includes(action);
  const { client } = api;
  const ask = (name: string, isAllowed: boolean, read: (signal: AbortSignal) => Promise<Concern[]>) => ({
    queryKey: ["concerns", name],
    queryFn: ({ signal }: { signal: AbortSignal }) => read(signal),
    enabled: isAllowed,
    refetchInterval: everyMs,
  });
  const figures = may("read_figures");
  return useQueries({
    queries: [
      ask("alerts", figures, async (signal) =>
        concernsOfAlerts((await client.alerts.list(undefined, { signal })).alerts, Date.now()),
      ),
      ask("slos", figures, async (signal) => concernsOfSlos((await client.slos.list(undefined, { signal })).slos)),
      ask("budgets", figures, async (signal) =>
        concernsOfBudgets((await client.budgets({ limit: 200 }, { signal })).budgets),
      ),
      ask("approvals", may("read_approvals"), async (signal) =>
        concernsOfApprovals(await client.approvals.counts(undefined, { signal })),
      ),
      ask("switches", may("read_status"), async (signal) =>
        concernsOfSwitches(
          (await client.switches.list({ state: "thrown", limit: 50 }, { signal })).switches,
          Date.now(),
        ),
      ),
      ask("drift", figures, async (signal) =>
        concernsOfDrift((await client.drift.findings({ state: "open", limit: 20 }, { signal })).findings, Date.now()),
      ),
    ],
    combine: (answers) => {
      const asked = answers.filter(({ fetchStatus, data }) => data !== undefined || fetchStatus !== "idle");
      const failed = answers.find(({ isError }) => isError);
      const isComplete = asked.every(({ data, isError }) => data !== undefined || isError);
      return {
        list: isComplete ? answers.flatMap(({ data }) => data ?? []).sort(worstFirst) : [],
        updatedAtMs: isComplete ? Math.max(0, ...answers.map(({ dataUpdatedAt }) => dataUpdatedAt)) : null,
        problem: failed === undefined ? null : explainError(failed.error),
      };
    },
  });
}
