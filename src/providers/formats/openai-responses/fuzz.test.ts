import { describe, expect, test } from "bun:test";
import { createDice } from "../../../../test/support/dice.ts";
import { anthropicMessages } from "../anthropic-messages/index.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { attempt, decodeAll, expectOneEnd, mutate, oddities, spoilBytes, writeForAll } from "../fuzz.fixture.ts";
import { openAiResponses } from "./index.ts";
import { hasRecordings, readRecordings } from "./recordings.fixture.ts";

const { caller, vendor } = openAiResponses;
const recordings = readRecordings();
const answers = recordings.filter(({ isStream }) => !isStream);
const streams = recordings.filter(({ isStream }) => isStream);
const options = { model: "gpt-5" };

const KINDS = ["", " ", "x", "message", "reasoning", "function_call", "custom_tool_call", "web_search_call", "refusal"];
const all = [openAiResponses, openAiChat, anthropicMessages] as const;
const texts = [...KINDS, "summary_text", "url_citation", "failed", "data:image/png;base64,", "bn1.", "{", "\u{d800}"];
const words = { odd: [...oddities, ...texts, { type: "message" }, { type: 5 }], texts };

describe.skipIf(!hasRecordings)("whatever happens to", () => {
  test("a request, it is refused or carried, never a crash", () => {
    const dice = createDice(1);
    let carried = 0;
    for (const { request } of recordings)
      for (let round = 0; round < 40; round += 1) {
        const read = attempt(() => caller.readRequest(mutate(request, dice, words)));
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
        const events = vendor.readAnswer(mutate(JSON.parse(body), dice, words));
        expectOneEnd(events);
        writeForAll(events, all);
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
        const events = decodeAll(openAiResponses, Buffer.from(lines.join("\n")), 1 << 20);
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const { body } of streams)
      for (let round = 0; round < 40; round += 1) {
        const events = decodeAll(openAiResponses, spoilBytes(Buffer.from(body), dice), 1 << 17);
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });
});
