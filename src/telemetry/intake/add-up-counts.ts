// What several processes have counted, as one.
import type { Signal } from "../wire/answers.ts";
import type { SignalCounts, TelemetryCounts } from "./counters.ts";

export function addUpCounts(all: readonly TelemetryCounts[]): TelemetryCounts {
  const sumOf = (signal: Signal): SignalCounts => {
    const of = (name: keyof SignalCounts): number => all.reduce((sum, counts) => sum + counts[signal][name], 0);
    return {
      accepted: of("accepted"),
      rejected: of("rejected"),
      turned_away_requests: of("turned_away_requests"),
    };
  };
  return { traces: sumOf("traces"), logs: sumOf("logs"), metrics: sumOf("metrics") };
}
