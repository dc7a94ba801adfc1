import { describe, expect, test } from "bun:test";
import { createDice } from "../../../../drills/run/dice.ts";
import { mutateBytes, mutateJson } from "../../../../drills/chunking/mutate.ts";
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
    const dice = createDice(1, "request");
    let carried = 0;
    for (const { model, request } of recordings)
      for (let round = 0; round < 40; round += 1) {
        const read = attempt(() => caller.readRequest(mutateJson(request, dice)));
        if (!read) continue;
        carried += 1;
        JSON.stringify(vendor.writeRequest(read, { model }));
        JSON.stringify(vendor.writeRequest({ ...read, dialect: "gemini" }, { model }));
        for (const other of [openAiChat, anthropicMessages]) other.vendor.writeRequest(read, { model });
      }
    expect(carried).toBeGreaterThan(500);
  });

  test("a whole answer, it has one end, and is written or refused", () => {
    const dice = createDice(2, "answer");
    for (const { body } of wholes)
      for (let round = 0; round < 40; round += 1) {
        const events = vendor.readAnswer(mutateJson(JSON.parse(body), dice));
        expectOneEnd(events);
        writeForAll(events);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3, "events");
    for (const { bytes } of streams)
      for (let round = 0; round < 100; round += 1) {
        const frames = framesOf(bytes).map(([name, payload]) => {
          const changed = dice.random() < 0.2 ? mutateJson(payload, dice) : payload;
          return writeEventFrame(name, (changed ?? {}) as typeof payload);
        });
        const events = decode(Buffer.concat(frames));
        expectOneEnd(events);
        writeForAll(events);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4, "bytes");
    for (const { bytes } of streams)
      for (let round = 0; round < 200; round += 1) expectOneEnd(decode(mutateBytes(bytes, dice)));
  });
});
