// The course of an alert's figure against what is too bad, and the calls that it is about.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import { curlFor, type Parameters } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { TimeChart } from "../../../components/charts/time-chart.tsx";
import { useServices } from "../../../page/services.ts";
import { useRules, useSlos } from "../queries.ts";
import { filterOf } from "../words/filter-of.ts";
import { toneOf } from "./alert-state.tsx";
import { courseOf, plainWhere } from "./course.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const longestMs = 30 * 24 * hourMs;

export function AlertCourse({ alert }: { alert: AlertView }) {
  const { api } = useServices();
  const { rule, slo } = useSpecs(alert);
  const { startMs, endMs } = stretchOf(alert);
  const nowMs = Math.floor(Date.now() / hourMs) * hourMs;
  const course = useMemo(
    () => courseOf({ alert, rule, slo, startMs, endMs, nowMs }),
    [alert, rule, slo, startMs, endMs, nowMs],
  );
  const asked = useQuery({
    queryKey: ["alerts", "course", alert.id, course?.query],
    queryFn: ({ signal }) => api.client.figures.series(course?.query ?? { limit: 1, order: "records" }, { signal }),
    enabled: course !== null,
    placeholderData: keepPreviousData,
  });
  const series = useMemo(
    () => [{ name: course?.title ?? "", points: course?.pointsOf(asked.data?.rows ?? []) ?? [], tone: 1 as const }],
    [course, asked.data],
  );
  const bounds = useMemo(() => boundsOf(course?.bound ?? null, alert), [course?.bound, alert]);
  if (course === null)
    return <p className="text-soft">No course of this figure is on record: it is read as it is now.</p>;
  const bucket = asked.data?.bucket;
  return (
    <TimeChart
      frame={false}
      title={bucket === undefined || course.title.includes(",") ? course.title : `${course.title}, by the ${bucket}`}
      unit={course.unit}
      startMs={asked.data?.since_ms ?? startMs}
      endMs={endMs}
      series={series}
      bounds={bounds}
      marks={[{ atMs: alert.since_ms, label: "began" }]}
      loading={asked.isPending}
      problem={asked.isError ? explainError(asked.error) : null}
      curl={curlFor(api.origin, "/metrics/series", course.query as Parameters)}
      height={132}
      empty="Nothing is on record for this time."
    />
  );
}

function boundsOf(bound: number | null, alert: AlertView) {
  if (bound === null) return [];
  const tone = toneOf(alert) === "fail" ? ("fail" as const) : ("warn" as const);
  return [{ value: bound, label: "too bad", tone }];
}

function useSpecs({ rule, labels }: AlertView) {
  const rules = useRules();
  const slos = useSlos();
  return {
    rule: rules.data?.find(({ name }) => name === rule)?.spec,
    slo: slos.data?.find(({ name }) => name === labels["slo"])?.spec,
  };
}

/** As long before it began as it lasts, two hours at the least; up to when it ended, or was looked at last. */
function stretchOf({ since_ms: sinceMs, resolved_at_ms: resolvedMs, seen_at_ms: seenMs }: AlertView) {
  const lastMs = resolvedMs === null ? seenMs : resolvedMs + 30 * minuteMs;
  const before = Math.max(2 * hourMs, lastMs - sinceMs);
  const endMs = Math.ceil(lastMs / minuteMs) * minuteMs;
  return { startMs: Math.max(endMs - longestMs, Math.floor((sinceMs - before) / minuteMs) * minuteMs), endMs };
}

export interface CallsSearch {
  filter: string | undefined;
  range: "custom";
  from: number;
  to: number;
}

/** Where the calls are that an alert is about, null where it is about none. */
export function useCallsSearch(alert: AlertView): CallsSearch | null {
  const { rule, slo } = useSpecs(alert);
  if (["signal_lag", "budget_forecast", "drift"].includes(alert.kind)) return null;
  const where = plainWhere({ ...rule, ...(alert.kind === "slo_burn" ? slo : undefined) }, alert.labels);
  const about = Object.entries(where).map(([name, value]) => [name, value.split(",")] as const);
  const bad = alert.unit === "share" || alert.unit === "burn" ? badOf(alert, rule, slo) : {};
  const filter = filterOf({ ...Object.fromEntries(about), ...bad });
  const { startMs, endMs } = stretchOf(alert);
  return { filter: filter === "" ? undefined : filter, range: "custom", from: startMs, to: endMs };
}

function badOf(alert: AlertView, rule: Record<string, unknown> | undefined, slo: Record<string, unknown> | undefined) {
  const objective = slo?.["objective"] as { kind?: string; bad?: string[] } | undefined;
  if (alert.kind === "slo_burn" && objective?.kind !== "availability") return {};
  const named = alert.kind === "slo_burn" ? objective?.bad : (rule?.["bad"] as string[] | undefined);
  return { outcome: named ?? ["failed", "truncated"] };
}
