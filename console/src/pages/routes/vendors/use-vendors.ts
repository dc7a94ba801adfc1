// Vendors, what can be called there, and what calls to them came to in the last day, hour by hour.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SumRow } from "../../../../../src/ledger/contract.ts";
import type { Series } from "../../../../../src/observability/contract.ts";
import type { ModelView, VendorView } from "../../../../../src/providers/contract.ts";
import { useServices } from "../../../page/services.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const dayQuestion = { by: "vendor", own: "true", limit: 100 } as const;

export interface VendorDay {
  vendor: VendorView;
  models: ModelView[];
  /** Of the whole day; null without a call. */
  whole: SumRow | null;
  hours: { atMs: number; calls: number; failed: number; p95Ms: number | null }[];
}

export interface VendorsAnswer {
  sinceMs: number;
  untilMs: number;
  vendors: VendorDay[];
}

export function useVendors() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["routes", "vendors"],
    queryFn: async ({ signal }): Promise<VendorsAnswer> => {
      const since = { since_ms: Date.now() - dayMs };
      const [{ vendors }, { models }, hours, whole] = await Promise.all([
        api.client.vendors(undefined, { signal }),
        api.client.models({ limit: 1000 }, { signal }),
        api.client.figures.series({ ...dayQuestion, ...since, bucket: "hour" }, { signal }),
        api.client.figures.series({ ...dayQuestion, ...since, bucket: "none" }, { signal }),
      ]);
      return {
        sinceMs: Math.floor(hours.since_ms / hourMs) * hourMs,
        untilMs: hours.until_ms,
        vendors: vendors.map((vendor) => ({
          vendor,
          models: models.filter((model) => model.vendor === vendor.name),
          whole: whole.rows.find(({ key }) => key["vendor"] === vendor.name) ?? null,
          hours: hoursOf(vendor.name, hours),
        })),
      };
    },
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  });
}

/** Hours without a call have no row: they are none, not unknown. */
export function hoursOf(vendor: string, { rows, since_ms: sinceMs, until_ms: untilMs }: Series): VendorDay["hours"] {
  const byHour = new Map(rows.filter(({ key }) => key["vendor"] === vendor).map((row) => [row.at_ms, row]));
  // Hours are those of UTC, also where the day that was asked for begins within one.
  const first = Math.floor(sinceMs / hourMs) * hourMs;
  return Array.from({ length: Math.ceil((untilMs - first) / hourMs) }, (_, index) => {
    const atMs = first + index * hourMs;
    const row = byHour.get(atMs);
    return {
      atMs,
      calls: row?.records ?? 0,
      failed: row?.failed ?? 0,
      p95Ms: row?.duration?.p95_ms ?? null,
    };
  });
}
