// Kill switches as the server says them, and changes of them.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { explainError } from "../../api/explain-error.ts";
import { type Change, useChange } from "../../page/asking/use-change.ts";
import { useServices } from "../../page/services.ts";

const switchesQuery = "switches";
const everyMs = 5000;
const listedMax = 1000;

export function useSwitches(state: "thrown" | "all") {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: [switchesQuery, state],
    queryFn: ({ signal }) => api.client.switches.list({ state, limit: listedMax }, { signal }),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
  return {
    switches: asked.data?.switches,
    problem: asked.error === null ? null : explainError(asked.error),
    updatedAtMs: asked.dataUpdatedAt === 0 ? null : asked.dataUpdatedAt,
    connected: !asked.isError,
  };
}

/** Null when it went well. */
export const useSwitchChange = (): Change => useChange(switchesQuery);
