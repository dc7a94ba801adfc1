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
  key_not_from_here: (p: { key: string; address: string }) => ({
    status: 403,
    message: `The API key ${p.key} may not be used from ${p.address}.`,
    fix: "Call from an address that it allows, or let an operator allow this one: `binnacle keys update ID --allow-ip CIDR`. Behind a proxy, name the proxy in interfaces.trusted_proxies.",
  }),
  key_beyond_parent: (p: { parent: string; beyond: string }) => ({
    status: 403,
    message: `A key under ${p.parent} may not have ${p.beyond}, which that key does not have.`,
    fix: "Ask for less, or let an operator give the parent more first.",
  }),
  scope_missing: (p: { key: string; scope: string }) => ({
    status: 403,
    message: `The API key ${p.key} does not have the scope "${p.scope}".`,
    fix: `Use a key with that scope: \`binnacle keys create --name NAME --scope ${p.scope}\`.`,
  }),
  forbidden: (p: { key: string; what: string; policy: string; why: string }) => ({
    status: 403,
    message: `The key ${p.key} may not ${p.what}: ${p.why}${p.policy === "none" ? "" : ` (policy ${p.policy})`}.`,
    fix: "Whoever manages policies may allow it: `binnacle policy show` has those that are active.",
  }),
  disabled: (p: { whose: string }) => ({
    status: 403,
    message: `The ${p.whose} is disabled.`,
    fix: "An operator may enable it again: `binnacle keys|users|teams|projects update … --enable`.",
  }),
  not_in_directory: (p: { kind: string; name: string }) => ({
    status: 403,
    message: `The ${p.kind} ${JSON.stringify(p.name)} is not in the directory, and only names that are may be used here.`,
    fix: `Create it with \`binnacle ${p.kind}s create\`, or set governance.directory: open.`,
  }),
  model_not_allowed: (p: { key: string; model: string; allowed: string }) => ({
    status: 403,
    message: `The API key ${p.key} may not call ${JSON.stringify(p.model)}.`,
    fix: `It may call ${p.allowed}; an operator may allow more with \`binnacle keys update\`.`,
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
  entry_unknown: (p: { kind: string; name: string; nearest: string | undefined }) => ({
    status: 404,
    message: `There is no ${p.kind} ${JSON.stringify(p.name)}.`,
    fix: `${p.nearest === undefined ? "" : `Did you mean ${JSON.stringify(p.nearest)}? `}\`binnacle ${p.kind}s list\` shows those there are.`,
  }),
  entry_exists: (p: { kind: string; name: string }) => ({
    status: 409,
    message: `There is a ${p.kind} ${JSON.stringify(p.name)} already.`,
    fix: `Change it with \`binnacle ${p.kind}s update\`.`,
  }),
  entry_in_use: (p: { kind: string; name: string }) => ({
    status: 409,
    message: `The ${p.kind} ${JSON.stringify(p.name)} is named by keys, users or projects, which would go on without its caps.`,
    fix: "Let them name another one, or revoke them, first; or disable it instead.",
  }),
  directory_full: (p: { max: number }) => ({
    status: 409,
    message: `The directory has room for ${p.max} users, teams and projects.`,
    fix: "Delete some, or raise governance.directory_entries_max on all processes.",
  }),
  state_invalid: (p: { problems: string[] }) => ({
    status: 400,
    message: `What should be applied does not hold:\n${p.problems.map((line) => `  - ${line}`).join("\n")}`,
    fix: "Mend what is named above; nothing was changed. `binnacle export` prints the present state in this form.",
  }),
  state_changed: () => ({
    status: 409,
    message: "Keys, users, teams or projects were changed since this plan was made.",
    fix: "Look at the plan again, then apply it.",
  }),
  state_too_large: (p: { section: string; max: number }) => ({
    status: 400,
    message: `There are more than ${p.max} ${p.section}: too many for one file.`,
    fix: "Raise governance.apply_entries_max, or use the lists and the single changes of the API.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
});
