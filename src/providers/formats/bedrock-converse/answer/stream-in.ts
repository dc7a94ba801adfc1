// Canonical events as Converse's event stream for a caller: one binary frame an event. After an error nothing more is said.
import type { AppError } from "../../../../kernel/index.ts";
import type { Dropped, StreamEncoder } from "../../dialect.ts";
import { streamExceptionFor, writeBedrockError } from "../errors.ts";
import { writeEventFrame, writeExceptionFrame } from "../frames.ts";
import { createMessageBuilder } from "./message-in.ts";

export function createStreamEncoder(told: Dropped[]): StreamEncoder {
  const builder = createMessageBuilder(told);
  let isOver = false;
  return {
    write(event) {
      if (isOver) return "";
      isOver = event.type === "error" || event.type === "end";
      if (event.type === "error")
        return writeExceptionFrame(streamExceptionFor(event.code), { message: event.message });
      const frames = builder.add(event).map(({ name, payload }) => writeEventFrame(name, payload));
      return frames.length === 0 ? "" : Buffer.concat(frames);
    },
  };
}

/** An error of ours in the midst of a stream. */
export function writeStreamError(error: AppError): Uint8Array {
  const { message } = writeBedrockError(error);
  return writeExceptionFrame(streamExceptionFor(error.status), { message });
}
