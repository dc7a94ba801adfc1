// Believable call records for looking at the page: the usual ones, and every kind that is unusual. Deterministic for a
// seed, so that two screenshots show the same calls. For development and for the page's tests only.
import type { Attempt, CallDetail, CallOutcome, CallSummary } from "../../src/ledger/contract.ts";
import { inventAttempts, nameOf, streamCut, type Target, targets } from "./invent-attempts.ts";
import { conversationOf, pickConversation } from "./invent-texts.ts";
import { hex, inventId, pick, type Random } from "./seeded-random.ts";

export interface GivenCall {
  outcome?: CallOutcome;
  model?: string;
  /** What the user said, instead of an invented conversation. */
  says?: string;
}

const callers = [
  { key_name: "support-bot", user: null, team: "Support", project: "helpdesk", tags: ["prod"] },
  { key_name: "notebook", user: "mara", team: "Research", project: null, tags: [] },
  { key_name: "nightly-eval", user: null, team: "Research", project: "evals", tags: ["batch", "nightly"] },
  { key_name: "site-search", user: null, team: "Web", project: "search", tags: ["prod", "eu"] },
  { key_name: "first admin key", user: "admin", team: null, project: null, tags: [] },
];

const models = ["fast", "careful", "openai/gpt-5-mini", "sim/sim-small", "local"];

/** One call that started at `startedAtMs`. `outcome` and `model` may be given; the rest is drawn. */
export function inventCall(random: Random, startedAtMs: number, given: GivenCall = {}): CallDetail {
  const outcome = given.outcome ?? pickOutcome(random);
  const model = given.model ?? pick(random, models);
  const chosen = targets.find((entry) => entry.target === model) ?? pick(random, targets);
  const attempts = inventAttempts(random, chosen, outcome);
  const answered = outcome === "refused" || outcome === "failed" ? null : chosen;
  const text = given.says === undefined ? pickConversation(random, outcome) : conversationOf(given.says);
  const tokens = inventTokens(random, { attempts, answered, outcome });
  return {
    id: inventId(random, startedAtMs),
    kind: "call",
    schema: 1,
    trace_id: hex(random, 32),
    span_id: hex(random, 16),
    parent_span_id: null,
    session: random() < 0.3 ? `thread-${hex(random, 6)}` : null,
    started_at_ms: startedAtMs,
    who: { key_id: `key_${hex(random, 8)}`, ...pick(random, callers) },
    authority: authorityOf(outcome),
    operation: "chat",
    dialect: "openai-chat",
    model,
    stream: random() < 0.7,
    route: routeOf(model, outcome),
    considered: consideredOf(chosen, attempts, outcome),
    attempts,
    answer: answered === null ? null : inventAnswer(random, answered, { outcome, text }),
    tokens,
    cost: costOf(chosen, attempts.length === 0 ? null : tokens),
    timings: inventTimings(random, attempts, answered === null ? null : tokens.output),
    cache: "off",
    guardrails: random() < 0.1 ? [{ name: "pii", outcome: "nothing found" }] : [],
    dropped: model === "careful" && outcome === "ok" ? ["logit_bias", "seed"] : [],
    outcome,
    status: { ok: 200, refused: 403, failed: 502, truncated: 200, cancelled: 499 }[outcome],
    error: errorOf(outcome, model),
    bodies: { request: null, response: null },
    ...text,
  };
}

/** What a list shows of it. */
export function summaryOf(call: CallDetail): CallSummary {
  const { id, started_at_ms, who, model, stream, route, answer, tokens, cost, timings, outcome, status, error } = call;
  return { id, started_at_ms, who, model, stream, route, answer, tokens, cost, timings, outcome, status, error };
}

function pickOutcome(random: Random): CallOutcome {
  const roll = random();
  if (roll < 0.885) return "ok";
  if (roll < 0.925) return "refused";
  if (roll < 0.96) return "failed";
  return roll < 0.98 ? "truncated" : "cancelled";
}

function authorityOf(outcome: CallOutcome): CallDetail["authority"] {
  return outcome === "refused"
    ? { policy: "scopes", rule: "deny unless the key has the scope `call`" }
    : { policy: "scopes", rule: "keys with the scope `call` may call models" };
}

function inventTokens(
  random: Random,
  call: { attempts: readonly Attempt[]; answered: Target | null; outcome: CallOutcome },
): CallDetail["tokens"] {
  const input = call.attempts.length === 0 ? 0 : 40 + Math.floor(random() ** 3 * 24_000);
  const output = call.answered === null ? 0 : 8 + Math.floor(random() ** 2 * 1800);
  const thinks = call.answered !== null && call.answered.pace > 1.5;
  return {
    input,
    output,
    cache_read: random() < 0.3 ? Math.floor(input * 0.8) : 0,
    cache_write: 0,
    reasoning: thinks ? Math.floor(output * 0.6) : 0,
    source: call.attempts.length === 0 ? "unknown" : call.outcome === "ok" ? "vendor" : "estimated",
  };
}

function inventTimings(random: Random, attempts: readonly Attempt[], output: number | null): CallDetail["timings"] {
  const last = attempts.at(-1);
  const totalMs = last === undefined ? 0.6 + random() : last.started_after_ms + last.duration_ms + 0.2;
  const overheadMs = 0.3 + random();
  if (last === undefined || last.first_byte_ms === null || output === null)
    return { total_ms: totalMs, overhead_ms: overheadMs, first_token_ms: null, per_output_token_ms: null };
  const firstMs = last.started_after_ms + last.first_byte_ms;
  const perTokenMs = (totalMs - firstMs) / output;
  return { total_ms: totalMs, overhead_ms: overheadMs, first_token_ms: firstMs, per_output_token_ms: perTokenMs };
}

function inventAnswer(
  random: Random,
  { target, served }: Target,
  { outcome, text }: { outcome: CallOutcome; text: Pick<CallDetail, "messages"> },
): CallDetail["answer"] {
  const callsTools = (text.messages.at(-1)?.tool_calls.length ?? 0) > 0;
  return {
    target,
    vendor: nameOf(target).vendor,
    model: served,
    response_id: `chatcmpl-${hex(random, 20)}`,
    finish_reason: outcome === "ok" ? (callsTools ? "tool_calls" : "stop") : null,
  };
}

function routeOf(model: string, outcome: CallOutcome): CallDetail["route"] {
  if (outcome === "refused") return { name: "", strategy: "", reason: "" };
  if (model.includes("/")) return { name: model, strategy: "direct", reason: "the caller named vendor and model" };
  return { name: model, strategy: "priority", reason: "first healthy target in the order of the route" };
}

function consideredOf(chosen: Target, attempts: readonly Attempt[], outcome: CallOutcome): CallDetail["considered"] {
  if (outcome === "refused") return [];
  const tried = [...new Set(attempts.map((entry) => entry.target))];
  const passed = targets.filter((entry) => !tried.includes(entry.target)).slice(0, 2);
  return [
    ...tried.map((target) => ({
      target,
      chosen: target === chosen.target && outcome !== "failed",
      reason: target === chosen.target ? "healthy, and first in the order" : "tried before, and failed",
    })),
    ...passed.map(({ target }, index) => ({
      target,
      chosen: false,
      reason: index === 0 ? "passed over: 4 of its last 5 attempts failed; looked at again in 18 s" : "not needed",
    })),
  ];
}

function costOf(chosen: Target, tokens: { input: number; output: number } | null): CallDetail["cost"] {
  if (tokens === null) return { usd_micros: null, price_version: null };
  if (chosen.input === null || chosen.output === null) return { usd_micros: null, price_version: null };
  const micros = Math.round(tokens.input * chosen.input + tokens.output * chosen.output);
  return { usd_micros: micros, price_version: "genai-prices 0.1.8" };
}

function errorOf(outcome: CallOutcome, model: string): CallDetail["error"] {
  if (outcome === "truncated") return streamCut;
  if (outcome === "refused") {
    const message = 'The API key site-search does not have the scope "call".';
    return { code: "governance.scope_missing", message };
  }
  if (outcome !== "failed") return null;
  const message = `No target of "${model}" answered: 3 attempts, the last with 503 (upstream overloaded, try again later).`;
  return { code: "gateway.all_attempts_failed", message };
}
