// What was learnt of vendors' own limits, as gauges.
import type { OwnMetrics, Sample } from "./own-metrics.ts";

export interface LearntLimit {
  vendor: string;
  model: string;
  credential: string;
  quotas: readonly { unit: string; remaining: number }[];
  rate: number | null;
  waiting: number;
  turned_away: number;
}

/** Callers name models, so there may be any number. */
const LABEL_SETS_MAX = 500;

export function addVendorLimits(metrics: OwnMetrics, limits: () => readonly LearntLimit[]): void {
  const gauge = (name: string, help: string, read: (limit: LearntLimit) => number | null) =>
    metrics.gauge(`vendor_${name}`, help, () =>
      limits()
        .slice(0, LABEL_SETS_MAX)
        .flatMap((limit): Sample[] => {
          const value = read(limit);
          const { vendor, model, credential } = limit;
          return value === null ? [] : [{ labels: { vendor, model, credential }, value }];
        }),
    );
  const left = (unit: string) => (limit: LearntLimit) =>
    limit.quotas.find((quota) => quota.unit === unit)?.remaining ?? null;
  gauge("requests_left", "Requests that the vendor last said are left of its limit", left("requests"));
  gauge("tokens_left", "Tokens that the vendor last said are left of its limit", left("tokens"));
  gauge("calls_per_second", "Calls that are sent at the most, where they are held back", ({ rate }) => rate);
  gauge("calls_waiting", "Calls that wait for their turn", ({ waiting }) => waiting);
  gauge("turned_away", "Calls that the vendor answered with 429", ({ turned_away }) => turned_away);
}
