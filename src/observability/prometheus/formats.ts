// The two formats that Prometheus reads: its own text, and OpenMetrics, which has exemplars and names counters otherwise.
import { Registry } from "prom-client";

export const metricsFormats = ["text", "openmetrics"] as const;
export type MetricsFormat = (typeof metricsFormats)[number];

export const metricsTypes: Readonly<Record<MetricsFormat, string>> = {
  text: Registry.PROMETHEUS_CONTENT_TYPE,
  openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
};

const OPENMETRICS = "application/openmetrics-text";

/** What a header `accept` likes best; the text where it does not say. */
export function formatFor(accept: string | null): MetricsFormat {
  const likings = (accept ?? "").split(",", LIKINGS_MAX).map(readLiking);
  const likingOf = (types: readonly string[]): number =>
    Math.max(0, ...likings.filter(({ type }) => types.includes(type)).map(({ weight }) => weight));
  const open = likingOf([OPENMETRICS]);
  return open > 0 && open >= likingOf(["text/plain"]) ? "openmetrics" : "text";
}

const LIKINGS_MAX = 50;

function readLiking(part: string): { type: string; weight: number } {
  const [type = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
  const weight = parameters.find((each) => each.startsWith("q="))?.slice(2);
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
