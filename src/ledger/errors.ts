// The ledger's errors. A call that cannot be put on record is not served, so the journal's errors reach callers.
import { defineErrors } from "../kernel/index.ts";

export const ledgerErrors = defineErrors("ledger", {
  journal_full: (p: { bytes: number; max_bytes: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `The journal holds ${p.bytes} of at most ${p.max_bytes} bytes: records come faster than PostgreSQL takes them.`,
    fix: "See with `binnacle status` whether the database answers; if it does, wait, or raise ledger.journal.max_bytes.",
  }),
  journal_failed: (p: { path: string; why: string; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `The journal ${p.path} cannot be written: ${p.why}.`,
    fix: "Free space on that disk or let this user write there; calls are served again as soon as a record can be written.",
  }),
  journal_unusable: (p: { path: string; why: string }) => ({
    status: 500,
    message: `The journal folder ${p.path} cannot be used: ${p.why}.`,
    fix: "Let this user read and write the folder, or set BINNACLE_HOME to one where it can.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
  empty_score: (p: { name: string }) => ({
    status: 400,
    message: `The score "${p.name}" says nothing.`,
    fix: "Give it a value (a number), a label (a text), or both.",
  }),
  bad_filter: (p: { why: string; place: number; rest: string }) => ({
    status: 400,
    message: `The filter cannot be read at character ${p.place}${p.rest === "" ? "" : ` (${p.rest})`}: ${p.why}.`,
    fix: 'Write it like model:gpt-4o* AND cost:>0.01 AND NOT outcome:ok "some words"; docs/reference/filters.md has the whole language.',
  }),
  unknown_filter_field: (p: { name: string; place: number; nearest: string[]; names: readonly string[] }) => ({
    status: 400,
    message: `The filter names a field "${p.name}" at character ${p.place}, and there is none.`,
    fix: `${p.nearest.length > 0 ? `Did you mean ${p.nearest.join(" or ")}? ` : ""}The fields are ${p.names.join(", ")}. Text with a colon in it needs quotes.`,
  }),
  window_too_wide: (p: { window_ms: number }) => ({
    status: 400,
    message: `A list looks at ${Math.round(p.window_ms / 86_400_000)} days at most, and this one is asked for more.`,
    fix: "Give a later since, or an until as well, and go through the time window by window; ledger.reading.window_max is the bound.",
  }),
  search_too_long: (p: { timeout_ms: number }) => ({
    status: 422,
    message: `Nothing was found out within ${p.timeout_ms} ms: too many records have to be looked at.`,
    fix: "Narrow the time (since, until), or add a term on a name to the filter (model, key, session, outcome); ledger.reading.timeout is how long a search may take.",
  }),
  bad_import: (p: { format: string; why: string }) => ({
    status: 400,
    message: `The file cannot be read as ${p.format}: ${p.why}.`,
    fix: "Send a file that `binnacle records export` made, whole, and name its format: ndjson, csv or parquet.",
  }),
  unavailable: (p: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "This part of the record is in PostgreSQL, which does not answer.",
    fix: `Try again in ${p.retryAfterMs / 1000} s; \`binnacle status\` shows the state of the database.`,
  }),
  sums_bad_query: (p: { why: string }) => ({
    status: 400,
    message: `These sums cannot be made: ${p.why}.`,
    fix: "Ask for less time, wider buckets or fewer keys; the API's description says what each field takes.",
  }),
  sums_too_fine: (p: { bucket: string; sinceMs: number }) => ({
    status: 400,
    message: `Sums by ${p.bucket} begin at ${new Date(p.sinceMs).toISOString()}; what is older is kept in wider buckets.`,
    fix: "Ask for wider buckets or a later beginning; ledger.sums says how long which are kept.",
  }),
  sums_too_long: (p: { timeoutMs: number }) => ({
    status: 503,
    retry: "later",
    message: `These sums were not made within ${p.timeoutMs} ms.`,
    fix: "Ask for less time or fewer dimensions; `binnacle status` says whether sums are behind, ledger.sums.timeout how long a question may take.",
  }),
  sums_too_wide: (p: { dimensions: readonly string[]; windowMs: number }) => ({
    status: 400,
    message: `Sums by ${p.dimensions.join(" and ")} are not kept, and all records of more than ${Math.round(p.windowMs / 3_600_000)} h would have to be read.`,
    fix: "Ask for less time, or leave one of these out; ledger.sums.records_window says how much may be read.",
  }),
});
