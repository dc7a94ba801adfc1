// How the rest is doing, as metrics: how soon signals can be acted on, what is exported, what other programs sent.
import type { BoundaryView } from "../boundary/contract.ts";
import type { ExportState } from "../export/contract.ts";
import type { OwnMetrics, Sample } from "./own-metrics.ts";

export function addBoundary(metrics: OwnMetrics, read: () => BoundaryView): void {
  const gauge = (name: string, help: string, value: (of: BoundaryView["signals"][number]) => number | null): void =>
    metrics.gauge(name, help, () =>
      read().signals.flatMap((each): Sample[] => {
        const found = value(each);
        return found === null ? [] : [{ labels: { signal: each.signal }, value: found }];
      }),
    );
  gauge("boundary_lag_seconds", "How old a signal is that can be acted on now; none while idle", ({ lag_ms }) =>
    secondsOf(lag_ms),
  );
  gauge("boundary_p99_seconds", "The same, at 99 % of the window", ({ p99_ms }) => secondsOf(p99_ms));
  gauge("boundary_bound_seconds", "How old it may be", ({ bound_ms }) => secondsOf(bound_ms));
  gauge("boundary_crossed", "1 while it is older than that", ({ state }) => Number(state === "crossed"));
}

function secondsOf(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

export function addExports(metrics: OwnMetrics, read: () => readonly ExportState[]): void {
  const samples = (value: (of: ExportState) => number) => () =>
    read().map((each, place) => ({ labels: { place: String(place), url: each.url }, value: value(each) }));
  const about = (what: string): string => `${what}, by place in observability.export`;
  metrics.gauge(
    "export_queued_calls",
    about("Calls that wait to be exported"),
    samples(({ queued }) => queued),
  );
  metrics.counter(
    "export_sent_calls_total",
    about("Calls that were exported"),
    samples(({ sent }) => sent),
  );
  metrics.counter(
    "export_dropped_calls_total",
    about("Calls that found no room, or could not be sent in time"),
    samples(({ dropped }) => dropped),
  );
  metrics.counter(
    "export_rejected_spans_total",
    about("Spans that the other side did not take"),
    samples(({ rejected }) => rejected),
  );
}

/** By signal: traces, logs, metrics. */
export type IntakeCounts = Readonly<
  Record<string, { accepted: number; rejected: number; turned_away_requests: number }>
>;

export function addIntake(metrics: OwnMetrics, read: () => IntakeCounts): void {
  const counter = (name: string, help: string, value: (of: IntakeCounts[string]) => number): void =>
    metrics.counter(name, help, () =>
      Object.entries(read()).map(([signal, counts]) => ({ labels: { signal }, value: value(counts) })),
    );
  counter("intake_accepted_total", "Records of other programs that were taken in", ({ accepted }) => accepted);
  counter("intake_rejected_total", "Records of other programs that could not be", ({ rejected }) => rejected);
  counter(
    "intake_turned_away_requests_total",
    "Requests of other programs that were asked to come again",
    ({ turned_away_requests }) => turned_away_requests,
  );
}
