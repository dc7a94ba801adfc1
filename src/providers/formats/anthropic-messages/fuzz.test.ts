import { describe, expect, test } from "bun:test";
import { createDice } from "../../../../test/support/dice.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { attempt, decodeAll, expectOneEnd, mutate, oddities, spoilBytes, writeForAll } from "../fuzz.fixture.ts";
import { anthropicMessages } from "./index.ts";
import { hasRecordings, readRecordings } from "./recordings.fixture.ts";

const { caller, vendor } = anthropicMessages;
const recordings = readRecordings();
const options = { model: "claude-opus-4-8" };
const all = [anthropicMessages, openAiChat] as const;
const words = {
  odd: [...oddities, "tool_use", { type: "text" }, { type: 5 }],
  texts: ["", " ", "text", "tool_use", "1h", "data:,%", "data:image/png;base64", "{", "\u{d800}", "https://x.example"],
};

describe.skipIf(!hasRecordings)("whatever happens to", () => {
  test("a request, it is refused or carried, never a crash", () => {
    const dice = createDice(1);
    let carried = 0;
    for (const { request } of recordings)
      for (let round = 0; round < 60; round += 1) {
        const read = attempt(() => caller.readRequest(mutate(request, dice, words)));
        if (!read) continue;
        carried += 1;
        JSON.stringify(vendor.writeRequest(read, options));
        JSON.stringify(vendor.writeRequest({ ...read, dialect: "gemini" }, options));
        openAiChat.vendor.writeRequest(read, options);
      }
    expect(carried).toBeGreaterThan(1000);
  });

  test("a whole answer, it has one end, and is written or refused", () => {
    const dice = createDice(2);
    for (const { body } of recordings.filter(({ isStream }) => !isStream))
      for (let round = 0; round < 60; round += 1) {
        const events = vendor.readAnswer(mutate(JSON.parse(body), dice, words));
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3);
    for (const { body } of recordings.filter(({ isStream }) => isStream))
      for (let round = 0; round < 100; round += 1) {
        const lines = body.split("\n").map((line) => {
          if (!line.startsWith("data: {") || dice(10) > 0) return line;
          return dice(8) === 0 ? "" : `data: ${JSON.stringify(mutate(JSON.parse(line.slice(6)), dice))}`;
        });
        const events = decodeAll(anthropicMessages, Buffer.from(lines.join("\n")), 1 << 20);
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const { body } of recordings.filter(({ isStream }) => isStream))
      for (let round = 0; round < 100; round += 1) {
        const events = decodeAll(anthropicMessages, spoilBytes(Buffer.from(body), dice), 1 << 16);
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });
});
