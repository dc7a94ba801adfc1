import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../kernel/index.ts";
import type { ChatEvent } from "../../contract.ts";
import { anthropicMessages } from "../anthropic-messages/index.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { openAiResponses } from "./index.ts";
import { hasRecordings, readRecordings } from "./recordings.fixture.ts";

const { caller, vendor } = openAiResponses;
const recordings = readRecordings();
const answers = recordings.filter(({ isStream }) => !isStream);
const streams = recordings.filter(({ isStream }) => isStream);
const options = { model: "gpt-5" };

type Dice = (below: number) => number;

function createDice(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS = ["", " ", "x", "message", "reasoning", "function_call", "custom_tool_call", "web_search_call", "refusal"];
const TEXTS = [...WORDS, "summary_text", "url_citation", "failed", "data:image/png;base64,", "bn1.", "{", "\u{d800}"];
const ODDITIES: unknown[] = [null, true, -1, 1e300, ...TEXTS, [], {}, [[]], [null], { type: "message" }, { type: 5 }];

/** The same JSON with one to three of its values changed, left out or moved. */
function mutate(value: unknown, dice: Dice): unknown {
  const copy = { root: structuredClone(value) };
  for (let round = 0; round <= dice(3); round += 1) {
    let parent = copy as Record<string, unknown>;
    let key = "root";
    let next = parent[key];
    while (typeof next === "object" && next !== null && (key === "root" || dice(5) > 0)) {
      const keys = Object.keys(next);
      if (keys.length === 0) break;
      parent = next as Record<string, unknown>;
      key = keys[dice(keys.length)] ?? "";
      next = parent[key];
    }
    if (dice(4) === 0) delete parent[key];
    else if (typeof parent[key] === "string" && dice(4) > 0) parent[key] = TEXTS[dice(TEXTS.length)];
    else parent[key] = structuredClone(ODDITIES[dice(ODDITIES.length)]);
  }
  return copy.root;
}

/** Nothing but the errors that are meant for it. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isAppError(error) && ["providers.bad_request", "providers.broken_answer"].includes(error.code))
      return undefined;
    throw error;
  }
}

function expectOneEnd(events: ChatEvent[]): void {
  const ends = events.filter(({ type }) => type === "end" || type === "error");
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toBe(ends[0] as ChatEvent);
}

function encode(events: ChatEvent[]): void {
  const request = { model: "m", dialect: "openai-responses" as const, messages: [], stream: true };
  for (const side of [caller, openAiChat.caller, anthropicMessages.caller]) {
    const encoder = side.createEncoder({ request, told: [] });
    for (const event of events) encoder.write(event);
  }
}

describe.skipIf(!hasRecordings)("whatever happens to", () => {
  test("a request, it is refused or carried, never a crash", () => {
    const dice = createDice(1);
    let carried = 0;
    for (const { request } of recordings)
      for (let round = 0; round < 40; round += 1) {
        const read = attempt(() => caller.readRequest(mutate(request, dice)));
        if (!read) continue;
        carried += 1;
        JSON.stringify(vendor.writeRequest(read, options));
        JSON.stringify(vendor.writeRequest({ ...read, dialect: "gemini" }, options));
        openAiChat.vendor.writeRequest(read, options);
        anthropicMessages.vendor.writeRequest(read, options);
      }
    expect(carried).toBeGreaterThan(1000);
  });

  test("a whole answer, it has one end, and is written or refused", () => {
    const dice = createDice(2);
    for (const { body } of answers)
      for (let round = 0; round < 25; round += 1) {
        const events = vendor.readAnswer(mutate(JSON.parse(body), dice));
        expectOneEnd(events);
        attempt(() => caller.writeAnswer(events, []));
        encode(events);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3);
    for (const { body } of streams)
      for (let round = 0; round < 40; round += 1) {
        const lines = body.split("\n").map((line) => {
          if (!line.startsWith("data: {") || dice(10) > 0) return line;
          return dice(8) === 0 ? "" : `data: ${JSON.stringify(mutate(JSON.parse(line.slice(6)), dice))}`;
        });
        const decoder = vendor.createDecoder({ eventBytesMax: 1 << 20 });
        const events = [...decoder.feed(Buffer.from(lines.join("\n"))), ...decoder.finish()];
        expectOneEnd(events);
        encode(events);
        attempt(() => caller.writeAnswer(events, []));
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const { body } of streams)
      for (let round = 0; round < 40; round += 1) {
        const bytes = Buffer.from(body);
        for (let count = dice(5); count >= 0; count -= 1) bytes[dice(bytes.length)] = dice(256);
        const decoder = vendor.createDecoder({ eventBytesMax: 1 << 17 });
        const events = [...decoder.feed(bytes.subarray(0, bytes.length - dice(40))), ...decoder.finish()];
        expectOneEnd(events);
        encode(events);
      }
  });
});
