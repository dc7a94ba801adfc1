// Names for values that are ids: keys by their names, patterns by how they begin. Whoever may not read those sees the ids.
import { useQuery } from "@tanstack/react-query";
import { useMay, useServices } from "../../../page/services.ts";
import { type Dimension, NONE } from "../dimensions.ts";

export type NameOf = (dimension: Dimension, value: string | null) => string;

export function useNames(): NameOf {
  const { api } = useServices();
  const mayReadKeys = useMay("read_keys");
  const mayReadPatterns = useMay("read_bodies");
  const keys = useQuery({
    queryKey: ["cost", "key names"],
    queryFn: async ({ signal }) => {
      const { keys: all } = await api.client.keys.list({}, { signal });
      return new Map(all.map(({ id, name }) => [id, name]));
    },
    enabled: mayReadKeys,
    staleTime: 60_000,
  });
  const patterns = useQuery({
    queryKey: ["cost", "pattern names"],
    queryFn: async ({ signal }) => {
      const { rows } = await api.client.costs.patterns({ since_ms: 0, limit: 1000 }, { signal });
      return new Map(rows.map(({ pattern, example }) => [pattern, example]));
    },
    enabled: mayReadPatterns,
    staleTime: 60_000,
  });
  return (dimension, value) => {
    if (value === null || value === NONE) return "none";
    if (dimension === "key") return keys.data?.get(value) ?? value;
    if (dimension === "pattern") return patterns.data?.get(value) ?? value;
    return value;
  };
}
