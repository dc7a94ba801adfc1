// The tokens of an answer, as its vendor counted them or else as near as can be told.
import type { Tokens } from "../../ledger/contract.ts";
import type { AnswerFacts, CallerRequest } from "../../providers/index.ts";

// A vendor that names no usage, or a stream that ended early: count about four characters a token on the way in and
// one event a token on the way out, and say that it is an estimate.
export function tokensOf(facts: AnswerFacts, { operation, text }: CallerRequest, isStream: boolean): Tokens {
  const { usage } = facts;
  if (usage) {
    const { input, output, cache_read, cache_write, reasoning } = usage;
    return { input, output, cache_read, cache_write, reasoning, source: "vendor" };
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
