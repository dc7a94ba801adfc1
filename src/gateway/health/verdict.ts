// What the end of an attempt tells of its target. A caller who hangs up tells nothing; a request that was refused tells that
// the target answers; to be turned away, for an exhausted quota or a key that is not accepted, counts apart.
import type { AppError } from "../../kernel/index.ts";

export type Verdict = "answered" | "fault" | "turned_away" | "nothing";

const FAULTS: ReadonlySet<string> = new Set([
  "providers.vendor_failed",
  "providers.vendor_unreachable",
  "providers.vendor_cut",
  "providers.vendor_garbage",
  "providers.no_access_token",
  "gateway.first_token_timeout",
  "gateway.silent_stream",
  "gateway.total_timeout",
]);

export function verdictOf({ code, params }: AppError): Verdict {
  // One failure of a request that several calls had a part in.
  if (params["isToldBefore"] === true) return "nothing";
  if (FAULTS.has(code)) return "fault";
  if (code === "providers.vendor_refused") return "answered";
  return isTurnedAway(code) ? "turned_away" : "nothing";
}

/** The credential is the trouble, not the vendor. */
export function isTurnedAway(code: string): boolean {
  return code === "providers.vendor_denied" || code === "providers.vendor_rate_limited";
}
