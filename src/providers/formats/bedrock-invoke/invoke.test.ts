import { describe, expect, test } from "bun:test";
import { hasCassettes, readExchanges } from "../../../../test/support/cassettes.ts";
import { createFrameCutter, writeExceptionFrame } from "../bedrock-converse/index.ts";
import { createInvokePacker, createInvokeUnpacker, packInvoke, unwrapInvoke } from "./index.ts";

const exchanges = readExchanges("anthropic", "/v1/messages").filter(({ status }) => status === 200);
const streams = exchanges.filter(({ body }) => body.startsWith("event:"));
const said = { model: "m", stream: true };

function unwrap(text: string) {
  const { text: unwrapped, beta } = unwrapInvoke(text, { body: JSON.parse(text), ...said });
  return { request: JSON.parse(unwrapped) as unknown, beta };
}

describe("a request", () => {
  test("is packed with its version and its betas, and all else as it was", () => {
    const text = '{ "model": "claude", "max_tokens": 1.0, "stream": true, "messages": [] }';
    expect(packInvoke(text, { "anthropic-beta": "one, two" })).toBe(
      '{"anthropic_beta":["one","two"], "anthropic_version":"bedrock-2023-05-31", "max_tokens": 1.0,  "messages": [] }',
    );
    const own = '{"model":"a","anthropic_beta":["three"]}';
    expect(JSON.parse(packInvoke(own, { "anthropic-beta": "one" }))).toMatchObject({ anthropic_beta: ["three"] });
  });

  test("is unwrapped to what it was packed from", () => {
    const text = '{"model":"claude","max_tokens":5,"messages":[{"role":"user","content":"model, stream"}]}';
    expect(unwrap(packInvoke(text, { "anthropic-beta": "one, two" }))).toEqual({
      request: { ...JSON.parse(text), ...said },
      beta: "one,two",
    });
    expect(unwrap('{"anthropic_version":"x"}')).toEqual({ request: said, beta: "" });
  });

  test("in another maker's words is refused", () => {
    expect(() => unwrap('{"inputText":"Hi"}')).toThrow("anthropic_version");
    expect(() => unwrap("[]")).toThrow("anthropic_version");
  });
});

describe.skipIf(!hasCassettes)(`${streams.length} recorded streams`, () => {
  test("come out of their frames as they went in, however they are cut", () => {
    expect(streams.length).toBeGreaterThan(5);
    for (const { body } of streams) {
      const frames = createInvokePacker()(Buffer.from(body));
      for (const size of [1, 7, 100, 1000, frames.length]) {
        const unpack = createInvokeUnpacker(1 << 22);
        let text = "";
        for (let from = 0; from < frames.length; from += size)
          text += Buffer.from(unpack(frames.subarray(from, from + size))).toString();
        expect(text).toBe(body.replaceAll(/^: .*\n\n/gm, ""));
      }
    }
  });
});

describe("an error in the midst of a stream", () => {
  const errorEvent = (type: string) =>
    `event: error\ndata: ${JSON.stringify({ type: "error", error: { type, message: "Not now." } })}\n\n`;

  test.each([
    ["throttlingException", "rate_limit_error"],
    ["validationException", "invalid_request_error"],
    ["serviceUnavailableException", "overloaded_error"],
    ["modelStreamErrorException", "api_error"],
  ])("is %s in a frame and %s in an event", (name, type) => {
    const frame = writeExceptionFrame(name, { message: "Not now." });
    expect(Buffer.from(createInvokeUnpacker(1000)(frame)).toString()).toBe(errorEvent(type));
    const packed = createInvokePacker()(Buffer.from(errorEvent(type)));
    expect(createFrameCutter(1000).feed(packed)).toMatchObject([
      { kind: "exception", name, body: '{"message":"Not now."}' },
    ]);
  });

  test("is what frames become that are none", () => {
    const text = Buffer.from(createInvokeUnpacker(1000)(Buffer.alloc(20))).toString();
    expect(text).toContain("event: error");
    expect(text).toContain("a broken event stream");
  });

  test("is not what some say at the end", () => {
    expect(createInvokePacker()(Buffer.from("data: [DONE]\n\n"))).toHaveLength(0);
  });
});
