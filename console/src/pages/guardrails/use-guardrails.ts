// The policies of the guardrails and the detectors that there are.
import { useQuery } from "@tanstack/react-query";
import { useServices } from "../../page/services.ts";

export function useGuardrails() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["guardrails"],
    queryFn: ({ signal }) => api.client.guardrails.list(undefined, { signal }),
    refetchInterval: 30_000,
  });
}
