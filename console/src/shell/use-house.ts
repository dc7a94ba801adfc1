// What the frame knows of the server: its state where the reader may see it, and whether it answers at all.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Status } from "../../../src/interfaces/contract.ts";
import { explainError, type Problem } from "../api/explain-error.ts";
import { useMay, useServices } from "../page/services.ts";
import { useLeave } from "./leave.ts";

const pollMs = 5000;
const pollAwayMs = 2000;

export interface House {
  status: Status | undefined;
  /** Why the server could not be asked just now. */
  unread: Problem | null;
  lastSeenMs: number | null;
  askAgain: () => void;
}

export function useHouse(): House {
  const { api } = useServices();
  const mayRead = useMay("read_status");
  const leave = useLeave();
  const asked = useQuery({
    queryKey: ["status"],
    queryFn: async ({ signal }): Promise<{ status: Status | undefined }> => {
      if (mayRead) return { status: await api.client.status(undefined, { signal }) };
      await api.client.session.get(undefined, { signal });
      return { status: undefined };
    },
    refetchInterval: (query) => (query.state.status === "error" ? pollAwayMs : pollMs),
  });
  const unread = asked.isError ? explainError(asked.error) : null;
  const ended = unread?.kind === "signed_out";
  useEffect(() => {
    if (ended) leave("ended");
  }, [ended, leave]);
  return {
    status: asked.data?.status,
    unread,
    lastSeenMs: asked.dataUpdatedAt === 0 ? null : asked.dataUpdatedAt,
    askAgain: () => void asked.refetch(),
  };
}

/** What waits for the reader, by the page where they see to it. */
export function useWaiting(): Readonly<Record<string, number>> {
  const { api } = useServices();
  const mayRead = useMay("read_approvals");
  const counts = useQuery({
    queryKey: ["approvals", "counts"],
    queryFn: ({ signal }) => api.client.approvals.counts(undefined, { signal }),
    enabled: mayRead,
    refetchInterval: 30_000,
  });
  return { "/approvals": counts.data?.mine ?? 0 };
}
