// A call's tokens in parts that add up to all of them. On the record, cached input is part of input, and reasoning part of output.
import type { Tokens } from "../../../../src/ledger/contract.ts";

export interface TokenPart {
  part: "input" | "cache_read" | "cache_write" | "output" | "reasoning";
  count: number;
}

/** No part is below nothing, whatever a vendor reports. */
export function tokenParts(tokens: Pick<Tokens, TokenPart["part"]>): TokenPart[] {
  const { input, cache_read, cache_write, output, reasoning } = tokens;
  return [
    { part: "input", count: Math.max(0, input - cache_read - cache_write) },
    { part: "cache_read", count: cache_read },
    { part: "cache_write", count: cache_write },
    { part: "output", count: Math.max(0, output - reasoning) },
    { part: "reasoning", count: reasoning },
  ];
}
