// Canonical events as lines of JSON for a caller. After an error nothing more is said, so that no client takes a broken answer for
// a whole one.
import type { Extra } from "../../../contract.ts";
import type { Dropped, StreamEncoder } from "../../dialect.ts";
import { brokenAnswer } from "../errors.ts";
import { createLineBuilder } from "./message-in.ts";

export function createStreamEncoder(told: Dropped[]): StreamEncoder {
  const builder = createLineBuilder(told);
  let isOver = false;
  return {
    write(event) {
      if (isOver) return "";
      isOver = event.type === "error" || event.type === "end";
      if (event.type === "error") return lineOf(brokenAnswer(event.message));
      return builder.add(event).map(lineOf).join("");
    },
  };
}

/** One line, its end included. */
export function lineOf(said: Extra): string {
  return `${JSON.stringify(said)}\n`;
}
