// Policies as the server says them: those that decide, the versions that there are, and changes of them.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Change, useChange } from "../../page/asking/use-change.ts";
import { useServices } from "../../page/services.ts";

const policiesQuery = "policies";
const everyMs = 10_000;
const listedMax = 1000;

export function useActivePolicies() {
  const { api } = useServices();
  return useQuery({
    queryKey: [policiesQuery, "active"],
    queryFn: ({ signal }) => api.client.policies.active(undefined, { signal }),
    refetchInterval: everyMs,
  });
}

export function useVersions() {
  const { api } = useServices();
  return useQuery({
    queryKey: [policiesQuery, "versions"],
    queryFn: ({ signal }) => api.client.policies.list({ limit: listedMax }, { signal }),
    refetchInterval: everyMs,
  });
}

/** One version, with its files; null while none is open. */
export function useVersion(number: number | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: [policiesQuery, "version", number],
    queryFn: ({ signal }) => api.client.policies.get({ number: number ?? 0 }, { signal }),
    enabled: number !== null,
    placeholderData: keepPreviousData,
    retry: 1,
  });
}

/** Whether a version needs somebody else's approval; undefined where the reader may not look at the configuration. */
export function useTwoPersons(): boolean | undefined {
  const { api, session } = useServices();
  const asked = useQuery({
    queryKey: ["config"],
    queryFn: ({ signal }) => api.client.config(undefined, { signal }),
    enabled: session.operations.includes("config"),
    staleTime: Infinity,
  });
  const setting = asked.data?.settings.find(({ path }) => path === "policy.two_persons");
  return setting === undefined ? undefined : setting.value === true;
}

/** Null when it went well. */
export const usePolicyChange = (): Change => useChange(policiesQuery);
