// What a span cost: as it says itself, or worked out from its tokens by the prices that our own calls are settled with.
import type { SpanKind, SpanRecord, SpanTokens } from "../../../ledger/contract.ts";
import type { Said } from "../names/said.ts";
import { type JsonObject, readNumber, readObject } from "../names/read-value.ts";

export interface Priced {
  usd_micros: number | null;
  price_version: string | null;
}

/** What these tokens cost; null micro-dollars where no price is known. The vendor is null where the span names none. */
export type PriceOf = (asked: { vendor: string | null; model: string; tokens: SpanTokens; atMs: number }) => Priced;

export interface CostQuestion {
  kind: SpanKind;
  vendor: string | null;
  /** The one that answered, or the one that was asked. */
  models: readonly (string | null)[];
  tokens: SpanTokens | null;
  atMs: number;
}

// More dollars than anybody paid for one span; its micro-dollars still add up exactly.
const USD_MAX = 1e6;

export function readDollars(value: unknown): number | undefined {
  const usd = typeof value === "number" || typeof value === "string" ? readNumber(value) : undefined;
  return usd !== undefined && usd >= 0 && usd <= USD_MAX ? usd : undefined;
}

export function readCost(said: Said, question: CostQuestion, priceOf: PriceOf): SpanRecord["cost"] {
  const reported = said.take("cost", readDollars) ?? said.take("cost_details", readCostDetails);
  if (reported !== undefined) return reportedCost(reported);
  return computeCost(question, priceOf);
}

export function reportedCost(usd: number): SpanRecord["cost"] {
  return { usd_micros: Math.round(usd * 1_000_000), source: "reported", price_version: null };
}

/** Only of what asked a model itself: agents and runs repeat what their calls used. */
export function computeCost(question: CostQuestion, priceOf: PriceOf): SpanRecord["cost"] {
  const { kind, vendor, models, tokens, atMs } = question;
  if (!tokens || (kind !== "call" && kind !== "embedding" && kind !== "rerank")) return null;
  for (const model of models) {
    if (model === null) continue;
    const { usd_micros, price_version } = priceOf({ vendor, model, tokens, atMs });
    if (usd_micros !== null) return { usd_micros, source: "computed", price_version };
  }
  return null;
}

/** Langfuse's `cost_details`: a total, or parts that make one. */
function readCostDetails(value: Parameters<typeof readObject>[0]): number | undefined {
  const details: JsonObject | undefined = readObject(value);
  if (!details) return undefined;
  const total = readDollars(details["total"]);
  if (total !== undefined) return total;
  const parts = Object.values(details).flatMap((part) => readDollars(part) ?? []);
  return parts.length > 0 ? readDollars(parts.reduce((sum, part) => sum + part, 0)) : undefined;
}
