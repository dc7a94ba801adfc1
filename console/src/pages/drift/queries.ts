// What the parts of this page ask the API, under one name, so that whoever changes something has all of it asked again.
import { useQuery } from "@tanstack/react-query";
import { useServices } from "../../page/services.ts";

const everyMs = 15_000;

export function useDrift() {
  const { client } = useServices().api;
  return useQuery({
    queryKey: ["drift", "state"],
    queryFn: ({ signal }) => client.drift.state(undefined, { signal }),
    refetchInterval: everyMs,
  });
}

export function useBaselines() {
  const { client } = useServices().api;
  return useQuery({
    queryKey: ["drift", "baselines"],
    queryFn: async ({ signal }) => (await client.drift.baselines.list(undefined, { signal })).baselines,
    refetchInterval: everyMs,
  });
}
