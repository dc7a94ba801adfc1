import { describe, expect, test } from "bun:test";
import { createDice } from "../../../../test/support/dice.ts";
import { anthropicMessages } from "../anthropic-messages/index.ts";
import { openAiChat } from "../openai-chat/index.ts";
import { attempt, decodeAll, expectOneEnd, mutate, spoilBytes, writeForAll } from "../fuzz.fixture.ts";
import { ollamaChat } from "./index.ts";
import { answers, lines, requests, streams } from "./exchanges.fixture.ts";

const { caller, vendor } = ollamaChat;
const options = { model: "llama3.2" };

const all = [ollamaChat, openAiChat, anthropicMessages] as const;

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
        writeForAll(events, all);
      }
  });

  test("the events of a stream, they come to one end", () => {
    const dice = createDice(3);
    for (const stream of Object.values(streams))
      for (let round = 0; round < 300; round += 1) {
        const changed = stream.map((event) => (dice(6) === 0 ? mutate(event, dice) : event));
        const events = decodeAll(
          ollamaChat,
          Buffer.from(changed.map((event) => `${JSON.stringify(event)}\n`).join("")),
        );
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });

  test("the bytes of a stream, they come to one end", () => {
    const dice = createDice(4);
    for (const stream of Object.values(streams))
      for (let round = 0; round < 300; round += 1) {
        const events = decodeAll(ollamaChat, spoilBytes(Buffer.from(lines(stream)), dice));
        expectOneEnd(events);
        writeForAll(events, all);
      }
  });
});
