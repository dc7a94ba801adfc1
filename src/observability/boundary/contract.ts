// The Observability Boundary as the API shows it: for each signal, how long it takes from an event until governance can act
// on it, and where that is longer than its bound.
import { oc } from "@orpc/contract";
import { z } from "zod";

/** `authority`: changes of keys, users, teams, projects and policies; `records`: calls in PostgreSQL, which lists, sums and alerts read. */
export const signalNames = [
  "cost",
  "budget",
  "latency",
  "route_decision",
  "model_version",
  "drift",
  "guardrail",
  "authority",
  "records",
] as const;
export type SignalName = (typeof signalNames)[number];

export const signalStates = ["idle", "within", "crossed"] as const;

const ms = z.number().nullable();

const signalSchema = z.object({
  signal: z.enum(signalNames),
  bound_ms: z.number(),
  state: z.enum(signalStates).describe("idle: nothing has happened lately, so there is no lag to tell of"),
  lag_ms: ms.describe("of the oldest event that nobody can act on yet, or else of the last one; null when idle"),
  samples: z.number().int().describe("within the window, as are p50, p99 and max"),
  p50_ms: ms,
  p99_ms: ms,
  max_ms: ms,
  crossed_since_ms: z.number().nullable().describe("epoch milliseconds; null where it is not crossed"),
  crossed_times: z.number().int().describe("since the process started"),
  worker: z.number().int().describe("of several processes, the one that this is of: the worst"),
});
export type SignalView = z.infer<typeof signalSchema>;

export const boundarySchema = z.object({
  at_ms: z.number(),
  window_ms: z.number(),
  state: z.enum(signalStates).describe("crossed where any signal is"),
  signals: z.array(signalSchema),
});
export type BoundaryView = z.infer<typeof boundarySchema>;

const minuteSchema = z.object({
  signal: z.enum(signalNames),
  at_ms: z.number().int().describe("when the minute began"),
  samples: z.number().int(),
  p50_ms: ms,
  p99_ms: ms,
  max_ms: ms,
  crossed_ms: z.number().describe("how much of the minute it was crossed"),
});
export type BoundaryMinute = z.infer<typeof minuteSchema>;

export const boundaryHistorySchema = z.object({
  minutes: z.array(minuteSchema).describe("newest first; minutes without an event are left out"),
});
export type BoundaryHistory = z.infer<typeof boundaryHistorySchema>;

export const boundaryQuerySchema = z.strictObject({
  signal: z.enum(signalNames).optional(),
  since_ms: z.coerce.number().int().min(0).optional().describe("minutes that began at or after"),
  limit: z.coerce.number().int().min(1).max(20_000).default(1000),
});
export type BoundaryQuery = z.infer<typeof boundaryQuerySchema>;

export const boundaryContract = {
  get: oc
    .route({
      method: "GET",
      path: "/boundary",
      summary: "How long each signal takes until governance can act on it, against its bound",
      tags: ["Boundary"],
    })
    .output(boundarySchema),
  history: oc
    .route({
      method: "GET",
      path: "/boundary/history",
      summary: "The same by minute, since this process started",
      tags: ["Boundary"],
    })
    .input(boundaryQuerySchema)
    .output(boundaryHistorySchema),
};
