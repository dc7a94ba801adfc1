// Where a call stands in its caller's own trace and session, and how urgent it is, from the headers that describe it.
import { type IncomingCall, priorities, type Priority } from "../../../gateway/index.ts";
import { type Described, readBaggage, splitTags } from "./read-baggage.ts";

const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NAME_LENGTH_MAX = 200;
const TRACESTATE_LENGTH_MAX = 512;
const PRINTABLE = /^[\x20-\x7e\t]+$/;
const NOTHING: Described = { session: null, user: null, tags: [] };

/**
 * W3C trace context and baggage, and Binnacle's own headers, which stand before the baggage. What does not fit is left out: they
 * describe, they do not decide.
 */
export function readTrace(headers: Headers): IncomingCall["trace"] {
  const traceparent = headers.get("traceparent");
  const baggage = headers.get("baggage");
  const described = baggage === null ? NOTHING : readBaggage(baggage);
  const tags = headers.get("x-binnacle-tags");
  return {
    ...(traceparent === null ? NO_PARENT : readParent(traceparent, headers)),
    session: shorten(headers.get("x-binnacle-session")) ?? described.session,
    user: shorten(headers.get("x-binnacle-user")) ?? described.user,
    tags: tags === null ? described.tags : splitTags(tags),
  };
}

type Parent = Pick<IncomingCall["trace"], "traceId" | "parentSpanId" | "flags" | "state">;

const NO_PARENT: Parent = { traceId: undefined, parentSpanId: undefined };

function readParent(traceparent: string, headers: Headers): Parent {
  const [, version, traceId, parentSpanId, flags, more] = TRACEPARENT.exec(traceparent) ?? [];
  // This version says all that it has; later ones may say more.
  if (traceId === undefined || (version === "00" && more !== undefined)) return NO_PARENT;
  return { traceId, parentSpanId, flags, state: readState(headers.get("tracestate")) };
}

/** Others' words, passed on as they are: whole members, from the newest on, as many as fit. */
function readState(tracestate: string | null): string | undefined {
  if (tracestate === null || !PRINTABLE.test(tracestate)) return undefined;
  if (tracestate.length <= TRACESTATE_LENGTH_MAX) return tracestate;
  const end = tracestate.lastIndexOf(",", TRACESTATE_LENGTH_MAX);
  return end > 0 ? tracestate.slice(0, end) : undefined;
}

/** What is no priority is `normal`. */
export function readPriority(headers: Headers): Priority {
  const said = headers.get("x-binnacle-priority");
  return priorities.find((priority) => priority === said) ?? "normal";
}

function shorten(value: string | null): string | null {
  return value === null || value === "" ? null : value.slice(0, NAME_LENGTH_MAX);
}
