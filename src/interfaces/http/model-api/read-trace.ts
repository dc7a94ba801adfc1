// Where a call stands in its caller's own trace and session, and how urgent it is, from the headers that describe it.
import { type IncomingCall, priorities, type Priority } from "../../../gateway/index.ts";

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;
const NAME_LENGTH_MAX = 200;
const TAGS_MAX = 20;

/** W3C trace context and Binnacle's own headers. What does not fit is left out: they describe, they do not decide. */
export function readTrace(headers: Headers): IncomingCall["trace"] {
  const traceparent = headers.get("traceparent");
  const match = traceparent === null ? null : TRACEPARENT.exec(traceparent);
  const tags = headers.get("x-binnacle-tags");
  return {
    traceId: match?.[1],
    parentSpanId: match?.[2],
    session: shorten(headers.get("x-binnacle-session")),
    user: shorten(headers.get("x-binnacle-user")),
    tags:
      tags === null
        ? []
        : tags
            .split(",", TAGS_MAX)
            .map((tag) => tag.trim().slice(0, NAME_LENGTH_MAX))
            .filter(Boolean),
  };
}

/** What is no priority is `normal`. */
export function readPriority(headers: Headers): Priority {
  const said = headers.get("x-binnacle-priority");
  return priorities.find((priority) => priority === said) ?? "normal";
}

function shorten(value: string | null): string | null {
  return value === null || value === "" ? null : value.slice(0, NAME_LENGTH_MAX);
}
