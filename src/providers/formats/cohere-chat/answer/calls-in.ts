// Tool calls of an answer for a caller, as events of Cohere's stream: each is started and ended before the next one. Calls that
// another vendor makes at the same time wait for one another.
import type { Extra } from "../../../contract.ts";
import { isObject } from "../../fields.ts";

/** An event of Cohere's stream; its `type` is its name. */
export type CohereEvent = { type: string } & Extra;

interface Call {
  /** The caller's number for it. */
  number: number;
  call: Extra;
  text: string;
}

export interface CallWriter {
  start(number: number, call: Extra): CohereEvent[];
  /** Undefined where there is no such call, or it has ended. */
  add(number: number, text: string): CohereEvent[] | undefined;
  /** Ends them all. */
  stop(): CohereEvent[];
}

export function createCallWriter(): CallWriter {
  /** The first of them is open; the others wait. */
  let open: Call[] = [];
  let index = -1;

  function begin({ call, text }: Call): CohereEvent[] {
    index += 1;
    const events = [{ type: "tool-call-start", index, delta: { message: { tool_calls: call } } }];
    return text === "" ? events : [...events, delta(text)];
  }

  function delta(text: string): CohereEvent {
    return { type: "tool-call-delta", index, delta: { message: { tool_calls: { function: { arguments: text } } } } };
  }

  function endFirst(): CohereEvent[] {
    const ended = { type: "tool-call-end", index };
    open = open.slice(1);
    return open[0] ? [ended, ...begin(open[0])] : [ended];
  }

  /** Those that are whole make place for those that wait. */
  function advance(): CohereEvent[] {
    const events: CohereEvent[] = [];
    while (open.length > 1 && isWhole(open[0]?.text ?? "")) events.push(...endFirst());
    return events;
  }

  return {
    start(number, call) {
      const added = { number, call, text: "" };
      open.push(added);
      return open.length === 1 ? begin(added) : advance();
    },
    add(number, text) {
      const call = open.find((each) => each.number === number);
      if (call === undefined) return undefined;
      call.text += text;
      return call === open[0] ? [delta(text), ...advance()] : [];
    },
    stop() {
      const events: CohereEvent[] = [];
      while (open.length > 0) events.push(...endFirst());
      return events;
    },
  };
}

function isWhole(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}
