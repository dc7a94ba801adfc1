// The gateway's own refusals. Failures of vendors are `providers.vendor_*`.
import { defineErrors } from "../kernel/index.ts";

export const gatewayErrors = defineErrors("gateway", {
  unknown_model: (p: { model: string; nearest: string[] }) => ({
    status: 404,
    message: `There is no route or model ${JSON.stringify(p.model)}.`,
    fix:
      p.nearest.length > 0
        ? `Did you mean ${p.nearest.join(", ")}? GET /v1/models lists all.`
        : "GET /v1/models, or `binnacle models list`, lists what can be called; a model is written vendor/model.",
  }),
  model_name_long: (p: { chars: number; max: number }) => ({
    status: 400,
    message: `The model's name has ${p.chars} characters; no route or model has more than ${p.max}.`,
    fix: "Write what `binnacle models list` names in `model`, and what is meant for the model into `messages`.",
  }),
  route_unknown: (p: { name: string; nearest: string[] }) => ({
    status: 404,
    message: `There is no route ${JSON.stringify(p.name)}.`,
    fix:
      p.nearest.length > 0
        ? `Did you mean ${p.nearest.join(", ")}? \`binnacle routes list\` shows all.`
        : "`binnacle routes list` shows which there are; `binnacle routes history NAME`, what became of one that was made by API.",
  }),
  route_invalid: (p: { name: string; problems: string[] }) => ({
    status: 400,
    message: `The plan for the route ${JSON.stringify(p.name)} does not hold:\n${p.problems.map((line) => `  - ${line}`).join("\n")}`,
    fix: "Mend the lines named above and send it again; what stood before still stands. The language is that of gateway.routes in the config.",
  }),
  route_in_config: (p: { name: string }) => ({
    status: 409,
    message: `The route ${JSON.stringify(p.name)} stands in the config file, so it cannot be changed by API.`,
    fix: "Edit the file, which takes hold within a second; or take the route out of it, and make it by API.",
  }),
  route_changed: (p: { name: string; ifRevision: number; revision: number; change?: string; changes: string[] }) => ({
    status: 409,
    message: [
      `The route ${JSON.stringify(p.name)} ${p.revision === 0 ? "does not exist" : `is at revision ${p.revision}`}, and this is a change of ${p.ifRevision === 0 ? "none" : `revision ${p.ifRevision}`}${p.change ? `: ${p.change}` : ""}.`,
      ...p.changes.map((line) => `  ${line}`),
    ].join("\n"),
    fix: `Look at what stands now (\`binnacle routes show NAME\`), and send your change again with if_revision ${p.revision}.`,
  }),
  revision_unknown: (p: { name: string; revision: number; isDeletion: boolean }) => ({
    status: 404,
    message: p.isDeletion
      ? `With revision ${p.revision} the route ${JSON.stringify(p.name)} was deleted: there is nothing to restore in it.`
      : `The route ${JSON.stringify(p.name)} has no revision ${p.revision}, or has it no longer.`,
    fix: "`binnacle routes history NAME` shows which there are; gateway.api_routes.versions_max says how many are kept.",
  }),
  routes_full: (p: { max: number }) => ({
    status: 409,
    message: `${p.max} routes were made by API, the bound.`,
    fix: "Delete some that nobody uses, or raise gateway.api_routes.routes_max.",
  }),
  routes_unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Routes cannot be changed now, nor their history be read: the database cannot be reached.",
    fix: "Calls go on with the routes as they are. Try again when it answers, and look first whether the change was made.",
  }),
  cannot_serve: (p: { model: string; reasons: readonly string[] }) => ({
    status: 400,
    message: `No target of ${JSON.stringify(p.model)} can serve this request: ${p.reasons.join("; ")}.`,
    fix: "Choose another model, or leave that out. An operator says what models can do in providers.models.",
  }),
  no_target_allowed: (p: { model: string; reasons: readonly string[] }) => ({
    status: 403,
    message: `No target of the route ${JSON.stringify(p.model)} may serve this call: ${p.reasons.join("; ")}.`,
    fix: "Whoever runs this says in gateway.routes for whom, when and for what data each target is; `binnacle routes explain` shows it for a request.",
  }),
  placement_forbidden: (p: { model: string; reasons: readonly string[]; policy: string; why: string }) => ({
    status: 403,
    message: `Policies leave no target of ${JSON.stringify(p.model)} to this call: ${p.reasons.join("; ")}.`,
    fix: "Choose another model; or whoever manages policies may allow it: `binnacle policy show` has those that are active.",
  }),
  tool_forbidden: (p: { key: string; tool: string; policy: string; why: string }) => ({
    status: 403,
    message: `The key ${p.key} may not offer the tool ${JSON.stringify(p.tool)}: ${p.why}${p.policy === "none" ? "" : ` (policy ${p.policy})`}.`,
    fix: "Leave the tool out; or whoever manages policies may allow it: `binnacle policy show` has those that are active.",
  }),
  targets_rest: (p: { model: string; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Every target of ${JSON.stringify(p.model)} failed too often lately and is left alone for a while.`,
    fix: "Try again in a moment; `binnacle calls list --outcome failed` shows what went wrong. An operator says how long that is in gateway.health.",
  }),
  vendor_limit_near: (p: { target: string; retryAfterMs: number }) => ({
    status: 429,
    retry: "later",
    message: `What ${p.target} lets us use is used up for now, as far as it has told.`,
    fix: "Wait as long as Retry-After says. An operator may add a credential or a target to the route, raise gateway.health.adaptive_wait_max, or switch gateway.health.adaptive off.",
  }),
  overloaded: (p: { max: number; waiting?: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `This process already serves ${p.max} calls, its bound${p.waiting ? `, and ${p.waiting} wait` : ""}.`,
    fix: "Try again in a moment, raise gateway.calls_in_flight_max, or run another process.",
  }),
  queue_timeout: (p: { max: number; timeoutMs: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `All ${p.max} places of this process were taken for ${p.timeoutMs} ms.`,
    fix: "Try again in a moment, raise gateway.calls_in_flight_max or gateway.queue_timeout, or run another process.",
  }),
  first_token_timeout: (p: { target: string; timeoutMs: number }) => ({
    status: 504,
    retry: "now",
    message: `${p.target} sent nothing for ${p.timeoutMs} ms.`,
    fix: "Try again or another model; the bound is gateway.first_token_timeout.",
  }),
  hedge_lost: () => ({
    status: 499,
    message: "Another target brought its first token sooner; this one was let go.",
    fix: "Nothing to mend here: gateway.hedging allows it. What this one cost until then is not known here.",
  }),
  not_needed: () => ({
    status: 499,
    message: "This answer was not waited for any longer: the others sufficed, or the time was over.",
    fix: "Nothing to mend here: the route's quorum, timeout or decide allows it. What this one cost until then is not known here.",
  }),
  no_quorum: (p: { route: string; answers: number; quorum: number }) => ({
    status: 502,
    retry: "now",
    message: `The route ${JSON.stringify(p.route)} needs ${p.quorum} answers, and ${p.answers} came.`,
    fix: "Try again; `binnacle calls show` says what became of the others. An operator lowers quorum or raises timeout in gateway.routes.",
  }),
  silent_stream: (p: { target: string; timeoutMs: number }) => ({
    status: 504,
    retry: "now",
    message: `The stream from ${p.target} was silent for ${p.timeoutMs} ms and was given up.`,
    fix: "Try again; the bound is gateway.between_tokens_timeout.",
  }),
  total_timeout: (p: { target: string; timeoutMs: number }) => ({
    status: 504,
    message: `The call to ${p.target} was not finished after ${p.timeoutMs} ms.`,
    fix: "Ask for less, or raise gateway.total_timeout.",
  }),
  silent_connection: (p: { target: string; timeoutMs: number }) => ({
    status: 504,
    message: `Nothing was said on the connection to ${p.target} for ${p.timeoutMs} ms.`,
    fix: "Connect again; the bound is gateway.realtime.idle_timeout.",
  }),
  caller_too_slow: (p: { timeoutMs: number }) => ({
    status: 499,
    message: `The caller took nothing of what waited for it for ${p.timeoutMs} ms.`,
    fix: "Read what comes, or raise gateway.realtime.slow_timeout.",
  }),
  vendor_too_slow: (p: { target: string; timeoutMs: number }) => ({
    status: 504,
    message: `${p.target} took nothing of what waited for it for ${p.timeoutMs} ms.`,
    fix: "Connect again, or raise gateway.realtime.slow_timeout.",
  }),
  too_many_responses: (p: { target: string; max: number }) => ({
    status: 429,
    message: `${p.max} responses of ${p.target} are under way on this connection, its bound.`,
    fix: "Wait for some to be done, open another connection, or raise gateway.realtime.responses_max.",
  }),
  not_alike: (p: { callId: string }) => ({
    status: 404,
    message: `The call ${p.callId} was not given an answer to a question like its own.`,
    fix: "Name a call whose answer had the header x-binnacle-cache: semantic; gateway.cache.semantic is on where there are any.",
  }),
  bad_cache_header: (p: { header: string }) => ({
    status: 400,
    message: `The header x-binnacle-cache says ${JSON.stringify(p.header)}, which cannot be followed.`,
    fix: "Write no-store, refresh, exact, max-age=SECONDS or only-if-cached; the last three may stand together, with commas.",
  }),
  not_cached: (p: { model: string }) => ({
    status: 504,
    message: `No kept answer of ${JSON.stringify(p.model)} fits this request, and it may be answered from the cache only.`,
    fix: "Leave only-if-cached out of the header x-binnacle-cache, so that the model is asked; gateway.cache says what is kept.",
  }),
  cache_purged_here_only: (p: { entries: number }) => ({
    status: 503,
    retry: "later",
    message: `The answers in this process's memory are gone (${p.entries}); those in PostgreSQL could not be reached.`,
    fix: "Purge again when the database answers: other processes, and this one, may still give answers from there.",
  }),
  joined_call_failed: (p: { callId: string }) => ({
    status: 502,
    retry: "now",
    message: `This call was being given the answer of another one like it, ${p.callId}, which broke off.`,
    fix: "Try again; the record of that call says what happened to it.",
  }),
  joined_too_slow: (p: { max: number }) => ({
    status: 499,
    message: `The caller fell more than ${p.max} bytes behind the call whose answer it was being given.`,
    fix: "Read what comes, or raise gateway.cache.entry_bytes_max.",
  }),
  answer_invalid: (p: { target: string; problem: string; asked: number }) => ({
    status: 502,
    message: `${p.target} was asked ${p.asked === 1 ? "once" : `${p.asked} times`}, and its last answer does not hold to the schema: ${p.problem}`,
    fix: "Say more plainly in the messages what is wanted, ask a larger model, allow more repairs (response_validation.repairs_max), or take the answer as it is with on_invalid: pass.",
  }),
  bad_compression_header: (p: { header: string }) => ({
    status: 400,
    message: `The header x-binnacle-compression says ${JSON.stringify(p.header)}, which cannot be followed.`,
    fix: "Write off, so that the request is sent as it came; what is left out otherwise, the route says.",
  }),
  bad_validation_header: (p: { header: string }) => ({
    status: 400,
    message: `The header x-binnacle-validate says ${JSON.stringify(p.header)}, which cannot be followed.`,
    fix: "Write on or off; with a comma repairs=0 to repairs=5, on-invalid=fail or on-invalid=pass.",
  }),
  nothing_to_validate: (p: { operation: string }) => ({
    status: 400,
    message: `The header x-binnacle-validate asks for a check, and this request (${p.operation}) says no schema to check against.`,
    fix: "Send a response format with a JSON schema, or one that asks for JSON; or name a route that has a schema in response_validation.",
  }),
  bad_schema: (p: { why: string }) => ({
    status: 400,
    message: `The JSON schema that answers are to hold to cannot be followed: ${p.why}.`,
    fix: "Mend the schema in the request's response format, or in the route's response_validation.",
  }),
  stopping: () => ({
    status: 503,
    retry: "later",
    message: "This process is about to stop.",
    fix: "Connect again in a moment.",
  }),
  caller_gone: () => ({
    status: 499,
    message: "The caller hung up before the answer was complete.",
    fix: "Nothing to mend here; look at the caller's own time-out if this is a surprise.",
  }),
});
