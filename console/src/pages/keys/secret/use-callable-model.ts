// A model that a key may call, as the server tells the key itself.
import { useQuery } from "@tanstack/react-query";
import { createClient } from "../../../../../client/index.ts";
import { useServices } from "../../../page/services.ts";

/** Null where it may call none. The simulator's smallest until it is known. */
export function useCallableModel(secret: string): string | null {
  const { api } = useServices();
  const asked = useQuery({
    // The secret is no part of the name: it would lie in memory for longer than it is shown.
    queryKey: ["callable model", secret.slice(0, 15)],
    queryFn: async ({ signal }) => {
      const asKey = createClient({
        url: api.origin,
        key: secret,
        fetch: (request, init) => fetch(request, { ...init, credentials: "omit" }),
      });
      const { models } = await asKey.models({ callable: "true", limit: 1000 }, { signal });
      const choice =
        models.find(({ kind }) => kind === "route") ??
        models.find(({ id }) => id === "sim/sim-small") ??
        models.find(({ capabilities }) => capabilities.includes("tools")) ??
        models[0];
      return choice?.id ?? null;
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (asked.isSuccess) return asked.data;
  return asked.isError ? null : "sim/sim-small";
}
