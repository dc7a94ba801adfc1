// What the dialects' tests spoil, and what must hold whatever was spoilt.
import { expect } from "bun:test";
import type { Dice } from "../../../test/support/dice.ts";
import { isAppError } from "../../kernel/index.ts";
import type { ChatEvent } from "../contract.ts";
import type { Dialect } from "./dialect.ts";

/** What is odd in any dialect; each adds words of its own. */
export const oddities: readonly unknown[] = [
  null,
  true,
  -1,
  1e300,
  "",
  "text",
  "data:,%",
  "{",
  "\u{d800}",
  [],
  {},
  [[]],
  [null],
  [{ type: "text" }],
];

const DEPTH_MAX = 12;

export interface Words {
  odd?: readonly unknown[];
  /** A text becomes most often one of these: else hardly any request of a dialect with many kinds would still be read. */
  texts?: readonly string[];
}

/** The same JSON with one to three of its values changed or left out. */
export function mutate(value: unknown, dice: Dice, { odd = oddities, texts }: Words = {}): unknown {
  const copy = { root: structuredClone(value) };
  for (let round = 0; round <= dice(3); round += 1) {
    let parent = copy as Record<string, unknown>;
    let key = "root";
    for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
      const next = parent[key];
      const keys = typeof next === "object" && next !== null ? Object.keys(next) : [];
      if (keys.length === 0 || (depth > 0 && dice(5) === 0)) break;
      parent = next as Record<string, unknown>;
      key = keys[dice(keys.length)] ?? "";
    }
    if (dice(4) === 0) delete parent[key];
    else if (texts && typeof parent[key] === "string" && dice(4) > 0) parent[key] = texts[dice(texts.length)];
    else parent[key] = structuredClone(odd[dice(odd.length)]);
  }
  // A list with a hole in it is no JSON.
  return JSON.parse(JSON.stringify(copy.root ?? null));
}

/** Up to five bytes changed, and the end cut off. */
export function spoilBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const spoilt = Buffer.from(bytes);
  for (let count = dice(5); count >= 0; count -= 1) spoilt[dice(spoilt.length)] = dice(256);
  return spoilt.subarray(0, spoilt.length - dice(40));
}

/** Pieces of any length, none among them, up to a bound that the numbers choose. */
export function* splitAnyhow(
  bytes: Uint8Array,
  random: () => number,
  lengthMax = 500,
): Generator<Uint8Array, void, undefined> {
  const longest = 1 + Math.floor(random() ** 3 * lengthMax);
  for (let at = 0; at < bytes.length;) {
    const length = Math.floor(random() * (longest + 1));
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** Undefined where it was refused with an error that is meant for it; any other is a defect. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const isMeant = isAppError(error) && ["providers.bad_request", "providers.broken_answer"].includes(error.code);
    if (isMeant) return undefined;
    throw error;
  }
}

export function expectOneEnd(events: ChatEvent[]): void {
  const ends = events.filter(({ type }) => type === "end" || type === "error");
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toBe(ends[0] as ChatEvent);
}

/** As streams of all these dialects, and whole in the first of them. */
export function writeForAll(events: ChatEvent[], [own, ...others]: readonly [Dialect, ...Dialect[]]): void {
  const request = { model: "m", dialect: own.name, messages: [], stream: true };
  for (const { caller } of [own, ...others]) {
    const encoder = caller.createEncoder({ request, told: [] });
    for (const event of events) encoder.write(event);
  }
  attempt(() => own.caller.writeAnswer(events, []));
}

/** What a vendor's side makes of these bytes. */
export function decodeAll({ vendor }: Dialect, bytes: Uint8Array, eventBytesMax = 1 << 16): ChatEvent[] {
  const decoder = vendor.createDecoder({ eventBytesMax });
  return [...decoder.feed(bytes), ...decoder.finish()];
}
