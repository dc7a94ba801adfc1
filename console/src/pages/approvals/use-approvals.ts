// What waits, as the server says it: for the reader, and for others.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Approval } from "../../../../src/approvals/contract.ts";
import { explainError, type Problem } from "../../api/explain-error.ts";
import { type Change, useChange } from "../../page/asking/use-change.ts";
import { useServices } from "../../page/services.ts";

/** All questions about approvals begin so: one change asks them all anew, the rail's count too. */
export const approvalsQuery = "approvals";

const everyMs = 5000;
/** The server gives no more at once. */
const shownMax = 200;
const none: readonly Approval[] = Object.freeze([]);

export interface Waiting {
  /** Soonest to be decided by silence first. */
  mine: readonly Approval[];
  others: readonly Approval[];
  counts: { pending: number; mine: number } | undefined;
  loading: boolean;
  problem: Problem | null;
  updatedAtMs: number | null;
  connected: boolean;
}

export function useWaitingApprovals(): Waiting {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: [approvalsQuery, "waiting"],
    queryFn: async ({ signal }) => {
      const { approvals } = api.client;
      const [mine, pending, counts] = await Promise.all([
        approvals.list({ inbox: "mine", limit: shownMax }, { signal }),
        approvals.list({ state: "pending", limit: shownMax }, { signal }),
        approvals.counts(undefined, { signal }),
      ]);
      const own = new Set(mine.approvals.map(({ id }) => id));
      return {
        mine: mine.approvals.toSorted(soonestFirst),
        others: pending.approvals.filter(({ id }) => !own.has(id)).toSorted(soonestFirst),
        counts,
      };
    },
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
  return {
    mine: asked.data?.mine ?? none,
    others: asked.data?.others ?? none,
    counts: asked.data?.counts,
    loading: asked.isPending,
    problem: asked.error === null ? null : explainError(asked.error),
    updatedAtMs: asked.dataUpdatedAt === 0 ? null : asked.dataUpdatedAt,
    connected: !asked.isError,
  };
}

const soonestFirst = (a: Approval, b: Approval): number => a.deadline_ms - b.deadline_ms;

/** One by its id; null while none is open. */
export function useApproval(id: string | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: [approvalsQuery, "one", id],
    queryFn: ({ signal }) => api.client.approvals.get({ id: id ?? "" }, { signal }),
    enabled: id !== null,
    refetchInterval: everyMs,
    // One that is not there is not asked for again and again.
    retry: (count, error) => count < 2 && explainError(error).kind !== "missing",
  });
}

/** Changes something, and asks for all that is shown of approvals anew. Null when it went well. */
export const useApprovalChange = (): Change => useChange(approvalsQuery);
