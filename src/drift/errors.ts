// What can be wrong with a wish about drift, and what its reader is told.
import { defineErrors } from "../kernel/index.ts";

export const driftErrors = defineErrors("drift", {
  unavailable: (p: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Baselines and findings are in PostgreSQL, which does not answer.",
    fix: `Try again in ${p.retryAfterMs / 1000} s; \`binnacle status\` shows the state of the database.`,
  }),
  unknown_profile: (p: { model: string; route: string | null; prompt: string | null }) => ({
    status: 404,
    message: `No calls of ${JSON.stringify(p.model)} (route ${JSON.stringify(p.route)}, prompt ${JSON.stringify(p.prompt)}) were looked at.`,
    fix: "See `binnacle drift profiles` for those that were; a prompt has its version in its name, as in `greeting@v2`.",
  }),
  too_few_calls: (p: { calls: number; min: number }) => ({
    status: 422,
    message: `A baseline needs ${p.min} calls at least; in this time ${p.calls} were looked at.`,
    fix: "Choose a longer time, or lower drift.baseline.calls_min.",
  }),
  window_reversed: (p: { since_ms: number; until_ms: number }) => ({
    status: 400,
    message: `A baseline's time must end after it begins; this one is from ${p.since_ms} to ${p.until_ms}.`,
    fix: "Send since_ms before until_ms, both in epoch milliseconds.",
  }),
  unknown_baseline: (p: { id: string }) => ({
    status: 404,
    message: `There is no baseline ${JSON.stringify(p.id)}.`,
    fix: "See `binnacle drift baseline list` for those there are.",
  }),
  unknown_finding: (p: { id: string }) => ({
    status: 404,
    message: `There is no finding ${JSON.stringify(p.id)}.`,
    fix: "See `binnacle drift list`; closed ones are kept up to drift.findings_max.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
});
