// Streamed answers in every dialect for the tests of guardrails: texts that are cut anywhere, and what a caller makes of the bytes.
import type { ChatEvent, DialectName } from "../../providers/contract.ts";
import { dialectOf } from "../../providers/index.ts";

export interface SaidText {
  choice: number;
  kind: "text" | "reasoning" | "arguments";
  text: string;
}

export type Random = () => number;

/** The same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function cut(text: string, random: Random, lengthMax: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(random() * lengthMax);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const usage = { input: 1, output: 2, cache_read: 0, cache_write: 0, reasoning: 0 };

/** As a vendor would say it, in events. */
export function eventsOf(said: readonly SaidText[], random: Random, lengthMax = 9): ChatEvent[] {
  const events: ChatEvent[] = [{ type: "start", id: "id", model: "m", created_s: 5 }];
  for (const [index, { choice, kind, text }] of said.entries()) {
    if (kind === "arguments")
      events.push({ type: "tool_call_start", choice, index, id: `call-${index}`, name: "send" });
    for (const piece of cut(text, random, lengthMax))
      events.push(
        kind === "arguments"
          ? { type: "tool_call_arguments", choice, index, text: piece }
          : { type: kind, choice, text: piece },
      );
  }
  for (const choice of new Set(said.map((each) => each.choice)))
    events.push({ type: "finish", choice, reason: "stop", raw_reason: "stop" });
  return [...events, { type: "usage", usage }, { type: "end" }];
}

export function bytesIn(dialect: DialectName, events: readonly ChatEvent[]): Uint8Array {
  const { caller } = dialectOf(dialect);
  const request = { model: "m", dialect, messages: [], stream: true };
  const encoder = caller.createEncoder({ request, told: [], framing: "events" });
  return Buffer.concat(events.map((event) => Buffer.from(encoder.write(event))));
}

export const mediaTypeOf = (dialect: DialectName): string =>
  dialectOf(dialect).caller.streamType ?? "text/event-stream";

/** In chunks of any length. */
export function chunksOf(bytes: Uint8Array, random: Random, lengthMax = 200): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + Math.floor(random() * lengthMax);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

/** What a caller puts together from the bytes: all texts, and what tools are called with. */
export function readBack(dialect: DialectName, bytes: Uint8Array): string {
  const decoder = dialectOf(dialect).vendor.createDecoder({ eventBytesMax: bytes.length + 1 });
  const parts = new Map<string, string>();
  for (const event of [...decoder.feed(bytes), ...decoder.finish()]) {
    if (event.type === "error") throw new Error(event.message);
    if (event.type !== "text" && event.type !== "reasoning" && event.type !== "tool_call_arguments") continue;
    const key = `${event.type} ${event.choice} ${"index" in event ? event.index : ""}`;
    parts.set(key, (parts.get(key) ?? "") + event.text);
  }
  return [...parts]
    .map(([key, text]) => `${key}: ${text}`)
    .toSorted()
    .join("\n");
}
