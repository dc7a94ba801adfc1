import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import { answers, lines, requests, streams } from "./exchanges.fixture.ts";
import { ollamaChat } from "./index.ts";

const { caller, vendor } = ollamaChat;

function decode(text: string): ChatEvent[] {
  const decoder = vendor.createDecoder({ eventBytesMax: 1 << 20 });
  return [...decoder.feed(Buffer.from(text)), ...decoder.finish()];
}

function encode(events: ChatEvent[], told: Dropped[]): string {
  const request = { model: "m", dialect: "ollama-chat" as const, messages: [], stream: true };
  const encoder = caller.createEncoder({ request, told });
  return events.map((event) => encoder.write(event)).join("");
}

function again(request: Extra): { body: unknown; dropped: Dropped[] } {
  const read = caller.readRequest(request);
  const { body, dropped } = vendor.writeRequest(read, { model: read.model });
  return { body: JSON.parse(JSON.stringify(body)), dropped };
}

/** The one allowed difference of answers: times are kept to the second. */
const inSeconds = (said: unknown): unknown => ({
  ...(said as Extra),
  created_at: new Date(Math.floor(Date.parse(String((said as Extra)["created_at"])) / 1000) * 1000).toISOString(),
});

const numbered = (list: readonly Extra[]) => list.map((each, index) => [index, each] as const);

describe("exchanges after the documentation", () => {
  test.each(numbered(requests))("request %i comes out as it went in", (_, request) => {
    expect(again(request)).toEqual({ body: request, dropped: [] });
  });

  test.each(numbered(answers))("answer %i comes out as it went in", (_, answer) => {
    const told: Dropped[] = [];
    const written = caller.writeAnswer(vendor.readAnswer(answer), told);
    expect(told).toEqual([]);
    expect(JSON.parse(JSON.stringify(written))).toEqual(inSeconds(answer));
  });

  test.each(Object.entries(streams))("a stream of %s comes out as it went in", (_, stream) => {
    const told: Dropped[] = [];
    const decoded = decode(lines(stream));
    expect(decoded.at(-1)).toEqual({ type: "end" });
    const written = encode(decoded, told);
    expect(told).toEqual([]);
    const parsed = written
      .split("\n")
      .slice(0, -1)
      .map((each): unknown => JSON.parse(each));
    expect(parsed).toEqual(stream.map(inSeconds));
  });

  test.each(numbered(answers))("answer %i says the same as a stream", (_, answer) => {
    const streamed = decode(encode(vendor.readAnswer(answer), []));
    expect(caller.writeAnswer(streamed, [])).toEqual(caller.writeAnswer(vendor.readAnswer(answer), []));
  });
});

describe("allowed differences", () => {
  const message = { role: "user", content: "Hi" };

  test("who does not say whether to stream is streamed to, and that is said", () => {
    expect(again({ model: "m", messages: [message] }).body).toEqual({ model: "m", messages: [message], stream: true });
  });

  test("a call's place in the list, and that it is of a function, are not said again", () => {
    const called = { name: "f", arguments: {} };
    const said = { role: "assistant", tool_calls: [{ type: "function", function: { index: 0, ...called } }] };
    expect(again({ model: "m", messages: [said], stream: false }).body).toMatchObject({
      messages: [{ role: "assistant", content: "", tool_calls: [{ function: called }] }],
    });
  });

  test("roles are written small, empty options and null pictures left out", () => {
    const body = { model: "m", stream: false, messages: [{ role: "User", content: "Hi", images: null }], options: {} };
    expect(again(body).body).toEqual({ model: "m", stream: false, messages: [message] });
  });

  test("a whole picture with its type goes as bare base64", () => {
    const pictured = (image: string) => ({ model: "m", stream: false, messages: [{ ...message, images: [image] }] });
    expect(again(pictured("data:image/png;base64,aGk=")).body).toEqual(pictured("aGk="));
  });
});
