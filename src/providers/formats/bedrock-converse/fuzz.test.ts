import { describe, expect, test } from "bun:test";
import { createDice, type Dice } from "../../../../test/support/dice.ts";
import { anthropicMessages } from "../anthropic-messages/index.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { attempt, expectOneEnd, mutate, oddities, writeForAll } from "../fuzz.fixture.ts";
import { bedrockConverse } from "./index.ts";
import { decode, framesOf, hasRecordings, readRecordings } from "./recordings.fixture.ts";
import { writeEventFrame } from "./frames.ts";

const { caller, vendor } = bedrockConverse;
const recordings = readRecordings().filter(({ method, status }) => method !== "count-tokens" && status === 200);
const wholes = recordings.filter(({ isStream }) => !isStream);
const streams = recordings.filter(({ isStream }) => isStream);
const all = [bedrockConverse, openAiChat, anthropicMessages] as const;
const words = { odd: [...oddities, "data:image/png;base64,"] };

/** Up to four bytes changed, a piece left out, or the rest. */
function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const spoiled = Buffer.from(bytes);
  const at = dice(spoiled.length);
  if (dice(3) === 0) return spoiled.subarray(0, at);
  if (dice(3) === 0) return Buffer.concat([spoiled.subarray(0, at), spoiled.subarray(at + dice(100))]);
  for (let count = dice(4); count >= 0; count -= 1) spoiled[dice(spoiled.length)] = dice(256);
  return spoiled;
}

describe.skipIf(!hasRecordings)("whatever happens to", () => {
  test("a request, it is refused or carried, never a crash", () => {
    const dice = createDice(1);
    let carried = 0;
    for (const { model, request } of recordings)
      for (let round = 0; round < 40; round += 1) {
        const read = attempt(() => caller.readRequest(mutate(request, dice, words)));
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
        const events = vendor.readAnswer(mutate(JSON.parse(body), dice, words));
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3);
    for (const { bytes } of streams)
      for (let round = 0; round < 100; round += 1) {
        const frames = framesOf(bytes).map(([name, payload]) => {
          const changed = dice(5) === 0 ? mutate(payload, dice, words) : payload;
          return writeEventFrame(name, (changed ?? {}) as typeof payload);
        });
        const events = decode(Buffer.concat(frames));
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const { bytes } of streams)
      for (let round = 0; round < 200; round += 1) expectOneEnd(decode(mutateBytes(bytes, dice)));
  });
});
