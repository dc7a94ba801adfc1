// A stream on its way from a vendor to a caller, understood event by event: translated where the two speak differently, or
// passed on as it came with a decoder beside it. (Chat-completions to chat-completions has a quicker way, which looks at
// bytes only: passthrough/meter-stream.ts.)
import { type AnswerFacts, noFacts } from "../passthrough/answer-facts.ts";
import type { StreamFault, StreamMeter } from "../passthrough/meter-stream.ts";
import type { ChatEvent } from "../contract.ts";
import type { StreamDecoder, StreamEncoder } from "../formats/dialect.ts";
import { takeEvent } from "./take-event.ts";

const NOTHING = new Uint8Array();

interface Reader {
  facts: AnswerFacts;
  hasContent: boolean;
  isDone: boolean;
  fault: StreamFault | undefined;
  /** Takes the events in; `onEvent` is told of each up to the first error. */
  take(events: readonly ChatEvent[], onEvent: (event: ChatEvent) => void): void;
}

function createReader(): Reader {
  const facts = noFacts();
  return {
    facts,
    hasContent: false,
    isDone: false,
    fault: undefined,
    take(events, onEvent) {
      for (const event of events) {
        if (this.fault || this.isDone) return;
        if (event.type === "error") {
          this.fault = { kind: "vendor_error", detail: event.message };
          return;
        }
        if (takeEvent(facts, event)) this.hasContent = true;
        if (event.type === "end") this.isDone = true;
        onEvent(event);
      }
    },
  };
}

function meterOf(reader: Reader, sides: Pick<StreamMeter, "push" | "end">): StreamMeter {
  return {
    ...sides,
    facts: reader.facts,
    get hasContent() {
      return reader.hasContent;
    },
    get isComplete() {
      return reader.isDone && reader.fault === undefined;
    },
    get fault() {
      return reader.fault;
    },
  };
}

/** The vendor's events in the caller's words; `carry` leaves out what means nothing there. */
export function createTranslatingMeter(
  decoder: StreamDecoder,
  encoder: StreamEncoder,
  carry: (event: ChatEvent) => ChatEvent | undefined,
): StreamMeter {
  const reader = createReader();
  function translate(events: readonly ChatEvent[]): Uint8Array {
    const said: (string | Uint8Array)[] = [];
    reader.take(events, (event) => {
      const carried = carry(event);
      if (carried) said.push(encoder.write(carried));
    });
    return said.length === 0 ? NOTHING : bytesOf(said);
  }
  return meterOf(reader, {
    push: (bytes) => translate(decoder.feed(bytes)),
    end: () => (reader.isDone || reader.fault ? NOTHING : translate(decoder.finish())),
  });
}

/** For a stream that comes packed in another. */
export function unpackFirst(meter: StreamMeter, unpack: (bytes: Uint8Array) => Uint8Array): StreamMeter {
  return {
    push: (bytes) => meter.push(unpack(bytes)),
    end: () => meter.end(),
    facts: meter.facts,
    get hasContent() {
      return meter.hasContent;
    },
    get isComplete() {
      return meter.isComplete;
    },
    get fault() {
      return meter.fault;
    },
  };
}

/** What an encoder said, bit by bit, as one. */
export function bytesOf(said: readonly (string | Uint8Array)[]): Uint8Array {
  // Of binary frames alone there are bytes among them.
  if (said.every((each) => typeof each === "string")) return Buffer.from(said.join(""));
  return Buffer.concat(said.map((each) => (typeof each === "string" ? Buffer.from(each) : each)));
}

/**
 * The vendor's bytes as they came, whole events only: an event that is not whole yet is held back, so that an error can
 * still be said after the last one.
 */
export function createMeterBeside(decoder: StreamDecoder): StreamMeter {
  const reader = createReader();
  const ignore = (): void => undefined;
  let held: Uint8Array = NOTHING;
  return meterOf(reader, {
    push(bytes) {
      reader.take(decoder.feed(bytes), ignore);
      if (reader.fault) return NOTHING;
      const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      const { heldBytes } = decoder;
      const lastEnd = heldBytes === undefined ? lastEventEnd(all) : all.length - heldBytes;
      const end = reader.isDone ? all.length : lastEnd;
      held = all.subarray(end);
      return all.subarray(0, end);
    },
    end() {
      if (reader.isDone || reader.fault) return NOTHING;
      reader.take(decoder.finish(), ignore);
      const rest = held;
      held = NOTHING;
      return reader.fault ? NOTHING : rest;
    },
  });
}

/** Past the last empty line; 0 where there is none. */
function lastEventEnd(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Math.max(endOf(buffer, "\n\n"), endOf(buffer, "\r\n\r\n"), endOf(buffer, "\r\r"));
}

function endOf(buffer: Buffer, blank: string): number {
  const at = buffer.lastIndexOf(blank);
  return at < 0 ? 0 : at + blank.length;
}
