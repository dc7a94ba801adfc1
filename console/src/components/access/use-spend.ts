// What each of a kind has spent in the last seven days, as the API's figures say.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMay, useServices } from "../../page/services.ts";
import { accessQuery } from "./use-access.ts";

export const spendDays = 7;
export const spendWindowMs = spendDays * 86_400_000;
const everyMs = 30_000;
/** As many as the API tells apart. */
const keysMax = 1000;

export type SpendKind = "organisation" | "team" | "project" | "user" | "key";

export interface Spend {
  usdMicros: number;
  records: number;
}

/** By name, keys by id. What is beyond the API's 1,000 is not there. */
export function useSpend(kind: SpendKind, organisation: string) {
  const { api } = useServices();
  const may = useMay("read_figures");
  return useQuery({
    queryKey: [accessQuery, "spend", kind, organisation],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Spend>> => {
      const question = { bucket: "none", order: "cost", limit: keysMax, organisation } as const;
      const { rows } = await api.client.figures.series(
        { ...question, since_ms: Date.now() - spendWindowMs, ...(kind !== "organisation" && { by: kind }) },
        { signal },
      );
      return new Map(
        rows.flatMap(({ key, cost_usd_micros: usdMicros, records }) => {
          const name = kind === "organisation" ? organisation : key[kind];
          return name === null || name === undefined ? [] : [[name, { usdMicros, records }]];
        }),
      );
    },
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
}
