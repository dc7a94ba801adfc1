// Governance's errors. None says whether a key exists: a stranger learns only that this one does not open the door.
import { defineErrors } from "../kernel/index.ts";

const CREATE_KEY =
  "`binnacle keys create --name NAME` makes one; the first admin key is in the file admin.key of the data folder.";

export const governanceErrors = defineErrors("governance", {
  key_missing: () => ({
    status: 401,
    message: "This request carries no API key.",
    fix: `Send one as \`Authorization: Bearer bk_…\`. ${CREATE_KEY}`,
  }),
  key_invalid: (p: { why: string }) => ({
    status: 401,
    message: `This API key is not valid: ${p.why}.`,
    fix: `Check that it was copied whole. ${CREATE_KEY}`,
  }),
  key_revoked: (p: { key: string }) => ({
    status: 401,
    message: `The API key ${p.key} has been revoked.`,
    fix: `Use another key. ${CREATE_KEY}`,
  }),
  key_expired: (p: { key: string }) => ({
    status: 401,
    message: `The API key ${p.key} has expired.`,
    fix: `Use another key. ${CREATE_KEY}`,
  }),
  scope_missing: (p: { key: string; scope: string }) => ({
    status: 403,
    message: `The API key ${p.key} does not have the scope "${p.scope}".`,
    fix: `Use a key with that scope: \`binnacle keys create --name NAME --scope ${p.scope}\`.`,
  }),
  cross_site: () => ({
    status: 403,
    message: "A console session cannot be used from another site.",
    fix: "Call the API with a key instead of the console's cookie.",
  }),
  too_many_calls: (p: { key: string; max: number; retryAfterMs: number }) => ({
    status: 429,
    retry: "later",
    message: `The API key ${p.key} already has ${p.max} calls in flight.`,
    fix: "Wait for some to end, or raise governance.calls_in_flight_per_key_max.",
  }),
  budget_short: (p: {
    whose: string;
    every: string;
    cap: string;
    left: string;
    needed: string;
    renews_at: string | null;
    left_usd_micros: number;
    when_short: string;
  }) => ({
    status: 402,
    message: `The budget of the ${p.whose} (${p.cap} ${p.every === "ever" ? "in all" : `every ${p.every}`}) has ${p.left} left, and this call may cost up to ${p.needed}.`,
    fix: `Ask for fewer tokens (max_tokens), or for a cheaper model${p.renews_at === null ? "" : `; it renews at ${p.renews_at}`}.`,
  }),
  limit_reached: (p: { whose: string; limit: string; retryAfterMs: number }) => ({
    status: 429,
    retry: "later",
    message: `The ${p.whose} has reached its limit of ${p.limit}.`,
    fix: "Wait as long as Retry-After says; an operator may raise the limit.",
  }),
  unpriced: (p: { target: string; whose: string }) => ({
    status: 402,
    message: `What ${p.target} may cost for this call is not known, and the ${p.whose} has a budget that must not be passed.`,
    fix: "Send max_tokens where it is missing. An operator gives the model a price (providers.prices) and its bounds (providers.models).",
  }),
  capacity_unknown: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "What is left of a budget or limit cannot be told at the moment.",
    fix: "Try again in a moment; `binnacle status` shows the state of the database.",
  }),
  identity_unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "This key cannot be checked while PostgreSQL is away.",
    fix: "Try again in a moment; `binnacle status` shows the state of the database.",
  }),
  key_unknown: (p: { id: string }) => ({
    status: 404,
    message: `There is no key with the id ${JSON.stringify(p.id)}.`,
    fix: "`binnacle keys list` shows the ids.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
});
