// Invented targets, and the attempts on them: some at once, some after others failed.
import type { Attempt, CallDetail, CallOutcome } from "../../src/ledger/contract.ts";
import { pick, type Random } from "./seeded-random.ts";

export interface Target {
  target: string;
  /** The model as the vendor names it. */
  served: string;
  /** Micro-dollars a token; null when no price is known. */
  input: number | null;
  output: number | null;
  pace: number;
}

export const targets: Target[] = [
  { target: "openai/gpt-5-mini", served: "gpt-5-mini-2025-08-07", input: 0.25, output: 2, pace: 1 },
  { target: "anthropic/claude-sonnet-4-5", served: "claude-sonnet-4-5-20250929", input: 3, output: 15, pace: 1.6 },
  { target: "ollama/qwen3:8b", served: "qwen3:8b", input: null, output: null, pace: 2.4 },
  { target: "sim/sim-small", served: "sim-small", input: 0.1, output: 0.4, pace: 0.3 },
];

export const streamCut: NonNullable<CallDetail["error"]> = {
  code: "providers.stream_cut",
  message: "The vendor closed the connection in the middle of the answer.",
};

export function inventAttempts(random: Random, chosen: Target, outcome: CallOutcome): Attempt[] {
  if (outcome === "refused") return [];
  const attempts: Attempt[] = [];
  const failures = outcome === "failed" ? 3 : random() < 0.12 ? 1 : 0;
  let at = 0.4 + random();
  for (let index = 0; index < failures; index += 1) {
    const target = outcome === "failed" && index < 2 ? chosen.target : pick(random, targets).target;
    const reason = index === 0 ? "first in the route" : "the attempt before failed and may be retried";
    const failed = failedAttempt(random, { target, reason, at });
    attempts.push(failed);
    at += failed.duration_ms + 120 + random() * 400;
  }
  if (outcome === "failed") return attempts;
  const reason = failures === 0 ? "first in the route" : "next target of the route";
  return [...attempts, answeredAttempt(random, chosen, { outcome, reason, at })];
}

function failedAttempt(random: Random, given: { target: string; reason: string; at: number }): Attempt {
  const stalled = random() < 0.4;
  const duration = stalled ? 2000 + random() * 4000 : 80 + random() * 400;
  return {
    ...nameOf(given.target),
    reason: given.reason,
    started_after_ms: given.at,
    duration_ms: duration,
    first_byte_ms: null,
    status: stalled ? null : 503,
    outcome: "error",
    error: stalled
      ? { code: "providers.no_answer", message: `The vendor sent nothing for ${(duration / 1000).toFixed(1)} s.` }
      : { code: "providers.vendor_error", message: "The vendor answered 503: upstream overloaded, try again later." },
  };
}

function answeredAttempt(
  random: Random,
  chosen: Target,
  given: { outcome: CallOutcome; reason: string; at: number },
): Attempt {
  const first = (120 + random() * 500) * chosen.pace;
  const { outcome } = given;
  return {
    ...nameOf(chosen.target),
    reason: given.reason,
    started_after_ms: given.at,
    duration_ms: first + (200 + random() ** 3 * 9000) * chosen.pace,
    first_byte_ms: first,
    status: 200,
    outcome: outcome === "ok" || outcome === "truncated" ? outcome : "cancelled",
    error: outcome === "truncated" ? streamCut : null,
  };
}

export function nameOf(target: string): { target: string; vendor: string; model: string } {
  const slash = target.indexOf("/");
  return { target, vendor: target.slice(0, slash), model: target.slice(slash + 1) };
}
