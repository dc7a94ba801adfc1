// A vendor's stream of JSON lines as canonical events. Bytes may come in any pieces: the same bytes give the same events. A stream
// that stops short, or sends what is no JSON, ends with `error`, never with a clean `end`.
import type { ChatEvent } from "../../../contract.ts";
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { createAnswerReader } from "./answer-out.ts";
import { createLineCutter } from "./cut-lines.ts";

/** `eventBytesMax` bounds one line; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  const lines = createLineCutter();
  const reader = createAnswerReader();

  function readLine(line: string, isLast: boolean): ChatEvent[] {
    if (reader.isOver || line.trim() === "") return [];
    const body = tryParse(line);
    if (body !== undefined) return reader.read(body);
    // What is no JSON at the very end was cut off in the midst of it.
    if (isLast) return reader.close();
    const message = `The vendor sent a line that is not JSON: ${line.slice(0, 100)}`;
    return reader.fail({ message, code: "malformed" });
  }

  function tooLong(): ChatEvent[] {
    return reader.fail({ message: `The vendor sent a line longer than ${eventBytesMax} bytes.`, code: "too_long" });
  }

  return {
    get heldBytes() {
      return lines.heldBytes;
    },
    feed(bytes) {
      if (reader.isOver) return [];
      const events = lines
        .feed(bytes)
        .flatMap((line) => (line.length > eventBytesMax ? tooLong() : readLine(line, false)));
      return lines.heldBytes > eventBytesMax ? [...events, ...tooLong()] : events;
    },
    // Some servers close without the line end that ends the last line.
    finish: () => [...readLine(lines.rest(), true), ...reader.close()],
  };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
