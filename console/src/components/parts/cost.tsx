// What a call cost. A model without a price is not free, and a call that reached no vendor has no price to speak of.
import type { CallSummary } from "../../../../src/ledger/contract.ts";
import { formatUsd } from "../../format/figures.ts";

export function Cost({ call }: { call: Pick<CallSummary, "cost" | "tokens"> }) {
  if (call.cost.usd_micros !== null) return formatUsd(call.cost.usd_micros);
  return <span className="font-normal text-soft">{call.tokens.source === "unknown" ? "–" : "no price"}</span>;
}
