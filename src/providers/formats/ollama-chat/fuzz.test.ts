import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../kernel/index.ts";
import type { ChatEvent } from "../../contract.ts";
import { anthropicMessages } from "../anthropic-messages/index.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { ollamaChat } from "./index.ts";
import { answers, lines, requests, streams } from "./exchanges.fixture.ts";

const { caller, vendor } = ollamaChat;
const options = { model: "llama3.2" };

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
  const request = { model: "m", dialect: "ollama-chat" as const, messages: [], stream: true };
  for (const { caller: other } of [ollamaChat, openAiChat, anthropicMessages]) {
    const encoder = other.createEncoder({ request, told: [] });
    for (const event of events) encoder.write(event);
  }
  attempt(() => caller.writeAnswer(events, []));
}

const decode = (bytes: Uint8Array): ChatEvent[] => {
  const decoder = vendor.createDecoder({ eventBytesMax: 1 << 16 });
  return [...decoder.feed(bytes), ...decoder.finish()];
};

describe("whatever happens to", () => {
  test("a request, it is refused or carried, never a crash", () => {
    const dice = createDice(1);
    let carried = 0;
    for (const request of requests)
      for (let round = 0; round < 1000; round += 1) {
        const read = attempt(() => caller.readRequest(mutate(request, dice)));
        if (!read) continue;
        carried += 1;
        JSON.stringify(vendor.writeRequest(read, options));
        JSON.stringify(vendor.writeRequest({ ...read, dialect: "gemini" }, options));
        for (const other of [openAiChat, anthropicMessages]) other.vendor.writeRequest(read, options);
      }
    expect(carried).toBeGreaterThan(500);
  });

  test("a whole answer, it has one end, and is written or refused", () => {
    const dice = createDice(2);
    for (const answer of answers)
      for (let round = 0; round < 300; round += 1) {
        const events = vendor.readAnswer(mutate(answer, dice));
        expectOneEnd(events);
        writeForAll(events);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3);
    for (const stream of Object.values(streams))
      for (let round = 0; round < 300; round += 1) {
        const changed = stream.map((event) => (dice(6) === 0 ? mutate(event, dice) : event));
        const events = decode(Buffer.from(changed.map((event) => `${JSON.stringify(event)}\n`).join("")));
        expectOneEnd(events);
        writeForAll(events);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const stream of Object.values(streams))
      for (let round = 0; round < 300; round += 1) {
        const bytes = Buffer.from(lines(stream));
        for (let count = dice(5); count >= 0; count -= 1) bytes[dice(bytes.length)] = dice(256);
        const events = decode(bytes.subarray(0, bytes.length - dice(40)));
        expectOneEnd(events);
        writeForAll(events);
      }
  });
});
