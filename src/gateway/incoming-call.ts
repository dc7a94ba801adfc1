// One call as it comes in from an interface: who calls, what they ask, and when they hang up.
import type { Principal } from "../governance/index.ts";
import type { CallerRequest } from "../providers/index.ts";
import type { Priority } from "./queue/queue.ts";

export interface IncomingCall {
  principal: Principal;
  request: CallerRequest;
  /** Refuse what cannot be carried over to the vendor in full, rather than drop it and say so. */
  isStrict: boolean;
  /** The caller's address, as limits count it; left out for calls that come from no address. */
  ip?: (() => string) | undefined;
  /** Aborts when the caller hangs up. */
  signal: AbortSignal;
  /** Whose turn it is when calls wait for a place; `normal` unless said otherwise. */
  priority?: Priority;
  /** World.monotonicMs() when the request came in. */
  startedMs: number;
  /** The header `x-binnacle-cache`, as it was sent. */
  cacheHeader?: string | null;
  /** A header that the call came with, by its name in lower case; left out where it came without any. */
  header?: (name: string) => string | null;
  /** Told once, with the id under which the call is on record. */
  onOpened?: (callId: string) => void;
  /** What an answer is held as that must wait for a person; left out where nobody looked for one that was held. */
  heldAs?: string;
  /** The id of the call that this is a copy of: nobody waits for its answer. */
  shadowOf?: string;
  /** Where the call stands in the caller's own trace and session, as far as its headers say. */
  trace: {
    traceId: string | undefined;
    parentSpanId: string | undefined;
    /** Of a caller with a trace: its W3C flags, two hex digits, and what other tracers passed along. */
    flags?: string | undefined;
    state?: string | undefined;
    session: string | null;
    user: string | null;
    tags: string[];
  };
}

/** What is asked for, as the caller names it; `vendor/…` for a request in a vendor's own words. */
export function askedModel({ native, model }: CallerRequest): string {
  return native ? `${native.vendor}/${model}` : model;
}
