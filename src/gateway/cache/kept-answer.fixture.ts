// Kept answers for tests of what shares them.
import type { KeptAnswer } from "./kept-answer.ts";

export function keptAnswer(more: Partial<KeptAnswer> = {}): KeptAnswer {
  return {
    key: "a".repeat(64),
    scope: '{"team":"t","project":"p"}',
    model: "v/m",
    storedAtMs: 1000,
    expiresAtMs: 61_000,
    figures: {
      call_id: "c",
      status: 200,
      media_type: "application/json",
      answer: { target: "v/m", vendor: "v", model: "m", response_id: null, finish_reason: "stop" },
      cost: { usd_micros: 7, price_version: "p" },
      tokens: { input: 3, output: 4 },
      dropped: [],
    },
    body: '{"text":"grün\\u0000"}',
    ...more,
  };
}

/** Keys that differ from their first character on. */
export function keyFrom(number: number): string {
  return number.toString(16).padStart(12, "0").padEnd(64, "0");
}
