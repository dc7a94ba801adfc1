// How all targets are doing, as the gateway's processes see them. Whoever may not read the state of the installation sees nothing.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMay, useServices } from "../../../page/services.ts";
import { healthOf, type TargetHealth } from "./target-health.ts";

export function useHealth(): ReadonlyMap<string, TargetHealth> {
  const { api } = useServices();
  const mayRead = useMay("read_status");
  const asked = useQuery({
    queryKey: ["routes", "targets"],
    queryFn: async ({ signal }) => healthOf((await api.client.targets(undefined, { signal })).targets),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
    enabled: mayRead,
  });
  return useMemo(() => asked.data ?? healthOf([]), [asked.data]);
}
