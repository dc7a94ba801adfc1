// What an answer took, as far as its vendor says, and what it is taken to be where the vendor does not, or did not come to it.
import type { Tokens } from "../../ledger/contract.ts";
import type { Usage } from "../../providers/contract.ts";
import type { AnswerFacts, CallerRequest } from "../../providers/index.ts";

// A vendor that names no usage, or a stream that ended early: count about four characters a token on the way in and
// one event a token on the way out, and say that it is an estimate.
export function tokensOf(facts: AnswerFacts, { operation, text }: CallerRequest, isStream: boolean): Tokens {
  const { usage } = facts;
  if (usage) {
    const { input, output, cache_read, cache_write, reasoning } = usage;
    const isCounted = !isStream || facts.finish_reason !== null || output !== facts.contentEvents;
    return { input, output, cache_read, cache_write, reasoning, source: isCounted ? "vendor" : "estimated" };
  }
  if (!isStream || operation !== "chat")
    return { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, source: "unknown" };
  return {
    input: Math.ceil(text.length / 4),
    output: facts.contentEvents,
    cache_read: 0,
    cache_write: 0,
    reasoning: 0,
    source: "estimated",
  };
}

/** Some vendors say at the beginning what went in and come to what came out at the end: a stream that broke has not got there. */
export function usageSoFar({ usage, finish_reason: finish, contentEvents }: AnswerFacts): Usage | undefined {
  if (!usage || finish !== null || usage.output >= contentEvents) return usage;
  return { ...usage, output: contentEvents };
}
