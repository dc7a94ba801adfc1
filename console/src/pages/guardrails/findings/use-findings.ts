// What guardrails found in a stretch of time: what became of it by day, which kinds there were, and in which calls.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useServices } from "../../../page/services.ts";
import { useNow } from "../../../page/use-now.ts";
import type { Range } from "../address.ts";
import { readFindings, type Stretch } from "./read-findings.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const lengths = {
  "1h": { lengthMs: hourMs, stepMs: 5 * 60_000, bucket: "minute" },
  "24h": { lengthMs: dayMs, stepMs: hourMs, bucket: "hour" },
  "7d": { lengthMs: 7 * dayMs, stepMs: dayMs, bucket: "day" },
  "30d": { lengthMs: 30 * dayMs, stepMs: dayMs, bucket: "day" },
} as const satisfies Record<Range, object>;
const freshMs = 60_000;

export interface CountedStretch extends Stretch {
  /** Of what is drawn. */
  stepMs: number;
  /** Of what is asked for: as long as a step, or shorter. */
  bucket: "minute" | "hour" | "day";
}

/** Moves on by the minute, so that all questions are about the same time. */
export function useStretch(range: Range): CountedStretch {
  const nowMs = Math.ceil(useNow(freshMs) / freshMs) * freshMs;
  return useMemo(() => {
    const { lengthMs, ...steps } = lengths[range];
    return { sinceMs: nowMs - lengthMs, untilMs: nowMs, ...steps };
  }, [nowMs, range]);
}

/** The calls of one word, or of any. */
export function useFindings(what: string | null, { sinceMs, untilMs }: Stretch) {
  const { api } = useServices();
  return useQuery({
    queryKey: ["findings", what, sinceMs, untilMs],
    queryFn: ({ signal }) => readFindings(api.client, { what, sinceMs, untilMs }, signal),
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });
}

/** How many calls had what kinds of findings, and what became of them when. */
export function useFindingCounts({ sinceMs, untilMs, bucket }: CountedStretch) {
  const { api } = useServices();
  return useQuery({
    queryKey: ["findings", "counted", sinceMs, untilMs, bucket],
    queryFn: ({ signal }) =>
      api.client.guardrails.findings({ since_ms: sinceMs, until_ms: untilMs, bucket }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });
}
