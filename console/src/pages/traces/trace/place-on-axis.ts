// Where a record's bar stands on the axis that is shown.
import type { TraceNode } from "../../../../../src/ledger/contract.ts";
import type { Axis } from "./use-trace-view.ts";

/** In per cent; null where none of it is within the axis. An axis without length has all of its records at its beginning. */
export function placeOnAxis(
  { started_after_ms: startMs, duration_ms: durationMs }: Pick<TraceNode, "started_after_ms" | "duration_ms">,
  { fromMs, toMs }: Axis,
): { left: number; width: number } | null {
  const endMs = startMs + Math.max(0, durationMs);
  if (startMs > toMs || endMs < fromMs) return null;
  const lengthMs = toMs - fromMs;
  if (lengthMs <= 0) return { left: 0, width: 100 };
  const left = ((Math.max(startMs, fromMs) - fromMs) / lengthMs) * 100;
  return { left, width: ((Math.min(endMs, toMs) - fromMs) / lengthMs) * 100 - left };
}
