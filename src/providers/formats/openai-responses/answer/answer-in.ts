// Canonical events as one JSON response for a caller: the one that stands at the end of the stream of the same events.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { providersErrors } from "../../../errors.ts";
import type { Dropped } from "../../dialect.ts";
import { createResponseBuilder } from "./response-in.ts";

/** A response. Throws `providers.broken_answer` where the events hold an error or no end. */
export function writeResponsesAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra {
  const builder = createResponseBuilder(told);
  let isWhole = false;
  for (const event of events) {
    if (event.type === "error") throw providersErrors.broken_answer({ detail: event.message });
    builder.add(event);
    isWhole ||= event.type === "end";
  }
  if (!isWhole) throw providersErrors.broken_answer({ detail: "it has no end" });
  return builder.response;
}
