import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../kernel/index.ts";
import type { ChatEvent } from "../../contract.ts";
import { anthropicMessages } from "../anthropic-messages/index.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { bedrockConverse } from "./index.ts";
import { decode, framesOf, hasRecordings, readRecordings } from "./recordings.fixture.ts";
import { writeEventFrame } from "./frames.ts";

const { caller, vendor } = bedrockConverse;
const recordings = readRecordings().filter(({ method, status }) => method !== "count-tokens" && status === 200);
const wholes = recordings.filter(({ isStream }) => !isStream);
const streams = recordings.filter(({ isStream }) => isStream);

type Dice = (below: number) => number;

function createDice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ODDITIES: unknown[] = [
  null,
  true,
  -1,
  1e300,
  "",
  "text",
  "data:image/png;base64,",
  "data:,%",
  "{",
  "\u{d800}",
  [],
  {},
  [[]],
  [null],
  [{ type: "text" }],
];

/** The same JSON with one to three of its values changed or left out. */
function mutate(value: unknown, dice: Dice): unknown {
  const copy = { root: structuredClone(value) };
  for (let round = 0; round <= dice(3); round += 1) {
    let parent = copy as Record<string, unknown>;
    let key = "root";
    for (let depth = 0; depth < 12; depth += 1) {
      const next = parent[key];
      const keys = typeof next === "object" && next !== null ? Object.keys(next) : [];
      if (keys.length === 0 || (depth > 0 && dice(5) === 0)) break;
      parent = next as Record<string, unknown>;
      key = keys[dice(keys.length)] ?? "";
    }
    if (dice(4) === 0) delete parent[key];
    else parent[key] = structuredClone(ODDITIES[dice(ODDITIES.length)]);
  }
  // A list with a hole in it is no JSON.
  return JSON.parse(JSON.stringify(copy.root ?? null));
}

/** Up to four bytes changed, a piece left out, or the rest. */
function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const spoiled = Buffer.from(bytes);
  const at = dice(spoiled.length);
  if (dice(3) === 0) return spoiled.subarray(0, at);
  if (dice(3) === 0) return Buffer.concat([spoiled.subarray(0, at), spoiled.subarray(at + dice(100))]);
  for (let count = dice(4); count >= 0; count -= 1) spoiled[dice(spoiled.length)] = dice(256);
  return spoiled;
}

/** Nothing but the errors that are meant for it. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const isMeant = isAppError(error) && ["providers.bad_request", "providers.broken_answer"].includes(error.code);
    if (isMeant) return undefined;
    throw error;
  }
}

function expectOneEnd(events: ChatEvent[]): void {
  const ends = events.filter(({ type }) => type === "end" || type === "error");
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toBe(ends[0] as ChatEvent);
}

function writeForAll(events: ChatEvent[]): void {
  const request = { model: "m", dialect: "bedrock-converse" as const, messages: [], stream: true };
  for (const { caller: other } of [bedrockConverse, openAiChat, anthropicMessages]) {
    const encoder = other.createEncoder({ request, told: [] });
    for (const event of events) encoder.write(event);
  }
  attempt(() => caller.writeAnswer(events, []));
}

describe.skipIf(!hasRecordings)("whatever happens to", () => {
  test("a request, it is refused or carried, never a crash", () => {
    const dice = createDice(1);
    let carried = 0;
    for (const { model, request } of recordings)
      for (let round = 0; round < 40; round += 1) {
        const read = attempt(() => caller.readRequest(mutate(request, dice)));
        if (!read) continue;
        carried += 1;
        JSON.stringify(vendor.writeRequest(read, { model }));
        JSON.stringify(vendor.writeRequest({ ...read, dialect: "gemini" }, { model }));
        for (const other of [openAiChat, anthropicMessages]) other.vendor.writeRequest(read, { model });
      }
    expect(carried).toBeGreaterThan(500);
  });

  test("a whole answer, it has one end, and is written or refused", () => {
    const dice = createDice(2);
    for (const { body } of wholes)
      for (let round = 0; round < 40; round += 1) {
        const events = vendor.readAnswer(mutate(JSON.parse(body), dice));
        expectOneEnd(events);
        writeForAll(events);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3);
    for (const { bytes } of streams)
      for (let round = 0; round < 100; round += 1) {
        const frames = framesOf(bytes).map(([name, payload]) => {
          const changed = dice(5) === 0 ? mutate(payload, dice) : payload;
          return writeEventFrame(name, (changed ?? {}) as typeof payload);
        });
        const events = decode(Buffer.concat(frames));
        expectOneEnd(events);
        writeForAll(events);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const { bytes } of streams)
      for (let round = 0; round < 200; round += 1) expectOneEnd(decode(mutateBytes(bytes, dice)));
  });
});
