// Canonical events as Google's stream for a caller: server-sent events, or a JSON array where the caller did not ask for them. After
// an error nothing more is said, so that no client takes a broken answer for a whole one.
import type { Extra } from "../../../contract.ts";
import type { EncoderOptions, StreamEncoder } from "../../dialect.ts";
import { writeBrokenAnswer } from "../errors.ts";
import { createPieceBuilder } from "./piece-in.ts";

export function createStreamEncoder({
  told,
  framing = "events",
}: Pick<EncoderOptions, "told" | "framing">): StreamEncoder {
  const builder = createPieceBuilder(told);
  let isOver = false;
  let hasBegun = false;

  function put(piece: Extra): string {
    if (framing === "events") return frame(piece);
    const before = hasBegun ? "," : "[";
    hasBegun = true;
    return `${before}${JSON.stringify(piece)}\n`;
  }

  return {
    write(event) {
      if (isOver) return "";
      isOver = event.type === "error" || event.type === "end";
      const pieces = event.type === "error" ? [writeBrokenAnswer(event.message, event.code)] : builder.add(event);
      return pieces.map(put).join("") + (isOver && framing === "array" ? "]" : "");
    },
  };
}

/** One server-sent event, blank line included. */
export function frame(piece: Extra): string {
  return `data: ${JSON.stringify(piece)}\n\n`;
}
