// Canonical events as Cohere's server-sent events for a caller. After an error nothing more is said, so that no client takes
// a broken answer for a whole one.
import type { Extra } from "../../../contract.ts";
import type { Dropped, StreamEncoder } from "../../dialect.ts";
import { streamError } from "../errors.ts";
import { createMessageBuilder } from "./message-in.ts";

export function createStreamEncoder(told: Dropped[]): StreamEncoder {
  const builder = createMessageBuilder(told);
  let isOver = false;
  return {
    write(event) {
      if (isOver) return "";
      isOver = event.type === "error" || event.type === "end";
      if (event.type === "error") return frame(streamError(event.message));
      const said = builder.add(event).map(frame).join("");
      return event.type === "end" ? `${said}data: [DONE]\n\n` : said;
    },
  };
}

/** One server-sent event, blank line included. */
export function frame(event: { type: string } & Extra): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
