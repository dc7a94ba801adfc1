// What a call will likely cost and how long it will likely take at a target, as far as its request and the target's recent
// calls tell. For comparing targets; what is held against budgets is a bound, and elsewhere.
import type { Usage } from "../../providers/contract.ts";
import type { TargetState } from "../health/target-state.ts";

export interface ExpectedTokens {
  input: number;
  output: number;
}

/** Below this vendors keep no prompt in their caches; it is what most of them say. */
const CACHED_LEAST = 1024;

/** `cached`: what went in with the conversation's last turn, where this target answered that. */
export function expectedUsage({ input, output }: ExpectedTokens, cached: number): Usage {
  const read = cached < CACHED_LEAST ? 0 : Math.min(cached, input);
  return { input, output, cache_read: read, cache_write: 0, reasoning: 0 };
}

/** A target that fails every time is still compared, as one that fails nineteen times in twenty. */
const SUCCESS_LEAST = 0.05;

/** Milliseconds until the answer is there, its failures counted in as tries that are made again; null before any is known. */
export function expectedMs(state: TargetState, { output }: ExpectedTokens): number | null {
  const { firstTokenMs, perTokenMs, failureShare } = state;
  if (firstTokenMs === null) return null;
  return (firstTokenMs + output * (perTokenMs ?? 0)) / Math.max(SUCCESS_LEAST, 1 - failureShare);
}
