// What a vendor is told of the trace that an attempt stands in, as W3C headers. The attempt has a span of its own then, whose
// parent is the call's.
import { newSpanId } from "../kernel/index.ts";
import type { Attempt } from "../ledger/contract.ts";
import { traceIdOf } from "../ledger/index.ts";
import type { IncomingCall } from "./incoming-call.ts";

const SAMPLED = "01";

/** Notes the span's id on the attempt. */
export function traceFor(
  log: Attempt,
  { callId, trace }: Pick<IncomingCall, "trace"> & { callId: string },
): Record<string, string> {
  log.span_id = newSpanId();
  const traceparent = `00-${trace.traceId ?? traceIdOf(callId)}-${log.span_id}-${trace.flags ?? SAMPLED}`;
  return trace.state === undefined ? { traceparent } : { traceparent, tracestate: trace.state };
}
