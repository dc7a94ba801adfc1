// The state of the tree, and the keys that a signature must be of.
import { useQuery } from "@tanstack/react-query";
import { useServices } from "../../../page/services.ts";
import { useOwnKey } from "./own-key.ts";

const refreshMs = 10_000;

export function useTree() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["audit", "state"],
    queryFn: ({ signal }) => api.client.audit.state(undefined, { signal }),
    refetchInterval: refreshMs,
  });
}

/** The reader's own key where they gave one; else those that the server names. Null until these are known. */
export function useTrustedKeys(): readonly string[] | null {
  const { data } = useTree();
  const own = useOwnKey();
  if (own !== null) return [own];
  return data?.keys ?? null;
}
