// What spans and logs of other programs mean: many dialects of attributes, one record. It does no I/O and keeps nothing.
import type { WireContext, WireLog, WireSpan } from "../wire/wire-span.ts";
import type { MeaningConfig } from "./config.ts";
import type { PriceOf } from "./figures/read-cost.ts";
import { agentLogNames } from "./logs/agent-logs.ts";
import { fieldNames } from "./names/field-names.ts";
import { indexNames } from "./names/said.ts";
import { readLog } from "./logs/read-log.ts";
import { type Reading, readSpan } from "./read-span.ts";

export interface Meaning {
  readSpan(span: WireSpan, context: WireContext): Reading;
  readLog(log: WireLog, context: WireContext): Reading;
}

export function createMeaning(config: MeaningConfig, { priceOf }: { priceOf: PriceOf }): Meaning {
  const deps = { config, priceOf, index: indexNames(fieldNames), agentIndex: indexNames(agentLogNames) };
  return {
    readSpan: (span, context) => readSpan(span, context, deps),
    readLog: (log, context) => readLog(log, context, deps),
  };
}
