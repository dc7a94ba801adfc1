// Canonical events as server-sent events for a caller. After an error nothing more is said, so that no client takes a broken
// answer for a whole one.
import type { Dropped, StreamEncoder } from "../../dialect.ts";
import { frame } from "../errors.ts";
import { createResponseBuilder } from "./response-in.ts";

export function createStreamEncoder(told: Dropped[]): StreamEncoder {
  const builder = createResponseBuilder(told);
  return { write: (event) => builder.add(event).map(frame).join("") };
}
