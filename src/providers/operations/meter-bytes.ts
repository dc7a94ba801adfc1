// A stream that is passed on as it comes, whatever it holds: sound, pictures, events of a form that is not known here. Where
// it is events, token counts are read beside it.
import { createParser } from "eventsource-parser";
import { isObject } from "../formats/fields.ts";
import { noFacts, takeFacts } from "../passthrough/answer-facts.ts";
import type { StreamMeter } from "../passthrough/meter-stream.ts";

const NOTHING = new Uint8Array();

/** It has come to its end when the vendor closes in order: nothing else tells. */
export function createByteMeter({
  isEvents,
  eventBytesMax,
}: {
  isEvents: boolean;
  eventBytesMax: number;
}): StreamMeter {
  const facts = noFacts();
  const decoder = new TextDecoder();
  const events = createParser({ maxBufferSize: eventBytesMax, onEvent: ({ data }) => takeUsage(data) });
  let hasContent = false;
  let hasEnded = false;

  function takeUsage(data: string): void {
    const said = data.includes("usage") ? tryParse(data) : undefined;
    if (!isObject(said)) return;
    takeFacts(facts, said);
    // Responses and Realtime events hold the answer so far.
    if (isObject(said["response"])) takeFacts(facts, said["response"]);
  }

  return {
    facts,
    fault: undefined,
    get hasContent() {
      return hasContent;
    },
    get isComplete() {
      return hasEnded;
    },
    push(bytes) {
      hasContent ||= bytes.length > 0;
      if (isEvents) events.feed(decoder.decode(bytes, { stream: true }));
      return bytes;
    },
    end() {
      hasEnded = true;
      return NOTHING;
    },
  };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
