// The state of the vault, its holds and its certificates.
import { useQuery } from "@tanstack/react-query";
import { useServices } from "../../../page/services.ts";

const listMax = 200;

export function useVaultState() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["vault", "state"],
    queryFn: ({ signal }) => api.client.vault.get(undefined, { signal }),
    // While keys are wrapped anew, how many are left is to be seen.
    refetchInterval: ({ state }) => ((state.data?.to_rewrap ?? 0) > 0 ? 2000 : 30_000),
  });
}

export function useHolds() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["vault", "holds"],
    queryFn: async ({ signal }) => (await api.client.vault.holds({ limit: listMax }, { signal })).holds,
  });
}

export function useErasures() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["vault", "erasures"],
    queryFn: async ({ signal }) => (await api.client.vault.erasures({ limit: listMax }, { signal })).erasures,
  });
}
