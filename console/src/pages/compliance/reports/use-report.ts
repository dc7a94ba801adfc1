// Frameworks, and the report that the address asks for. That a report was made is on the audit trail, so one is made once and kept.
import { useQuery } from "@tanstack/react-query";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";

const keptMs = 3_600_000;

export function useFrameworks() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["compliance", "frameworks"],
    queryFn: async ({ signal }) => (await api.client.compliance.frameworks(undefined, { signal })).frameworks,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useReport(framework: string) {
  const { api } = useServices();
  const { search } = useAddress();
  const { from, to } = search;
  return useQuery({
    queryKey: ["compliance", "report", framework, from, to],
    queryFn: ({ signal }) => api.client.compliance.report({ framework, since_ms: from, until_ms: to }, { signal }),
    enabled: from !== undefined && to !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: keptMs,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
}
