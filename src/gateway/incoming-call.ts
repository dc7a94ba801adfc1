// One call as it comes in from an interface: who calls, what they ask, and when they hang up.
import type { Principal } from "../governance/index.ts";
import type { ChatBody } from "../providers/index.ts";

export interface IncomingCall {
  principal: Principal;
  /** The request as it came, and as it was read. */
  text: string;
  body: ChatBody;
  /** Aborts when the caller hangs up. */
  signal: AbortSignal;
  /** World.monotonicMs() when the request came in. */
  startedMs: number;
  /** Where the call stands in the caller's own trace and session, as far as its headers say. */
  trace: {
    traceId: string | undefined;
    parentSpanId: string | undefined;
    session: string | null;
    user: string | null;
    tags: string[];
  };
}
