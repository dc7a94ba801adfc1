// The meter must give the caller the same events whatever the chunking, and must never let a broken stream look whole.
import { describe, expect, test } from "bun:test";
import { createStreamMeter } from "./meter-stream.ts";

const OPTIONS = { hideUsage: false, eventBytesMax: 10_000 };

function event(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ id: "chatcmpl-1", model: "gpt-x", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const USAGE = `data: ${JSON.stringify({ id: "chatcmpl-1", choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } })}\n\n`;
const DONE = "data: [DONE]\n\n";
const ROLE = event({ role: "assistant", content: "" });
const STREAM = `: keep-alive\n\n${ROLE}${event({ content: "Grüße" })}${event({ content: " 🌊" })}${event({}, "stop")}${USAGE}${DONE}`;

function run(text: string, options = {}, cuts: number[] = []) {
  const meter = createStreamMeter({ ...OPTIONS, ...options });
  const bytes = Buffer.from(text);
  const shown: Uint8Array[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    shown.push(meter.push(new Uint8Array(bytes.subarray(from, cut))));
    from = cut;
  }
  shown.push(meter.end());
  return { meter, text: Buffer.concat(shown).toString("utf8") };
}

describe("the stream meter", () => {
  test("lets every byte of a good stream through and reads what the record needs", () => {
    const { meter, text } = run(STREAM);
    expect(text).toBe(STREAM);
    expect(meter.isComplete).toBe(true);
    expect(meter.facts).toMatchObject({
      response_id: "chatcmpl-1",
      model: "gpt-x",
      finish_reason: "stop",
      contentEvents: 4,
    });
    expect(meter.facts.usage).toMatchObject({ input: 5, output: 2 });
  });

  test("knows all that the record needs when [DONE] has come, before the vendor closes", () => {
    const meter = createStreamMeter(OPTIONS);
    meter.push(Buffer.from(STREAM));
    expect(meter.isComplete).toBe(true);
    expect(meter.facts).toEqual(run(STREAM).meter.facts);
    expect(meter.facts.usage).toMatchObject({ input: 5, output: 2 });
  });

  test("gives the same bytes and facts when the stream is cut at any one place", () => {
    const whole = run(STREAM);
    for (let cut = 1; cut < Buffer.byteLength(STREAM); cut += 1) {
      const { meter, text } = run(STREAM, {}, [cut]);
      expect(text).toBe(STREAM);
      expect(meter.facts).toEqual(whole.meter.facts);
      expect(meter.isComplete).toBe(true);
    }
  });

  test("gives the same for one byte at a time, with CRLF and a byte order mark", () => {
    const crlf = `\uFEFF${STREAM.replaceAll("\n", "\r\n")}`;
    const everywhere = Array.from({ length: Buffer.byteLength(crlf) - 1 }, (_, index) => index + 1);
    const { meter, text } = run(crlf, {}, everywhere);
    expect(text).toBe(crlf);
    expect(meter.isComplete).toBe(true);
    expect(meter.facts.usage?.output).toBe(2);
  });

  test("hides the usage event, and only that, when the caller did not ask for it", () => {
    const { meter, text } = run(STREAM, { hideUsage: true });
    expect(text).toBe(STREAM.replace(USAGE, ""));
    expect(meter.facts.usage?.input).toBe(5);
  });

  test("knows first content from a role, an empty string and a tool call", () => {
    expect(run(ROLE).meter.hasContent).toBe(false);
    expect(run(event({ content: "", tool_calls: [] })).meter.hasContent).toBe(false);
    expect(run(event({ tool_calls: [{ index: 0, function: { name: "f" } }] })).meter.hasContent).toBe(true);
    expect(run(event({ reasoning_content: "hm" })).meter.hasContent).toBe(true);
  });

  test("a stream that ends without [DONE] and without a finish reason is not complete", () => {
    expect(run(ROLE + event({ content: "a" })).meter.isComplete).toBe(false);
  });

  test("a stream that finished without [DONE] is given one", () => {
    const { meter, text } = run(event({ content: "a" }, "stop"));
    expect(meter.isComplete).toBe(true);
    expect(text.endsWith(DONE)).toBe(true);
  });

  test("a last event without its empty line still counts", () => {
    expect(run(ROLE + event({ content: "a" }) + DONE.trimEnd()).meter.isComplete).toBe(true);
  });

  test.each(["data: {oops\n\n", "data: <html>\n\n", 'data: "text"\n\n'])(
    "stops at %j and shows nothing after it",
    (garbage) => {
      const { meter, text } = run(ROLE + garbage + event({ content: "after" }) + DONE);
      expect(meter.fault?.kind).toBe("malformed");
      expect(text).toBe(ROLE);
      expect(meter.isComplete).toBe(false);
    },
  );

  test("an error event of the vendor is a fault, told with its words", () => {
    const { meter, text } = run(`${ROLE}data: {"error":{"message":"overloaded"}}\n\n${DONE}`);
    expect(meter.fault).toEqual({ kind: "vendor_error", detail: '{"error":{"message":"overloaded"}}' });
    expect(text).toBe(ROLE);
  });

  test("an error beside the usual fields is a fault too, and the word in a text is not", () => {
    const beside = `data: ${JSON.stringify({ id: "1", error: { code: 400, message: "Token limit" }, choices: [{ index: 0, delta: { content: "" } }] })}\n\n`;
    expect(run(ROLE + beside + DONE).meter.fault?.detail).toContain("Token limit");
    expect(run(event({ content: '{"error":"quoted"}' }) + DONE).meter.isComplete).toBe(true);
  });

  describe("in one piece with many events of the usual form", () => {
    const usual = Array.from({ length: 12 }, (_, index) => event({ content: `word ${index}` }));
    const END = event({}, "stop") + USAGE + DONE;
    const around = (middle: string) => usual.join("") + middle + usual.join("") + END;
    const ERROR = `data: {"id":"1","error":{"message":"overloaded"},"choices":[]}\n\n`;

    test.each([
      ["a comment", ": keep-alive\n\n", 26],
      ["an empty event", "\n\n", 26],
      ["a name", `event: message\n${event({ content: "x" })}`, 27],
      ["no space", event({ content: "x" }).replace("data: ", "data:"), 27],
      ["carriage returns", event({ content: "x" }).replaceAll("\n", "\r\n"), 27],
      ["data on two lines", 'data: {"choices":\ndata: []}\n\n', 27],
      ["an error that is null", event({ content: "x" }).replace('{"id"', '{"error":null,"id"'), 27],
      ["the word in a text", event({ content: '"error": "prompt_tokens"' }), 27],
    ])("%s lets every byte through, all the same", (_, middle, contentEvents) => {
      const { meter, text } = run(around(middle));
      expect(text).toBe(around(middle));
      expect(meter.isComplete).toBe(true);
      expect(meter.facts).toMatchObject({ contentEvents, finish_reason: "stop", usage: { input: 5, output: 2 } });
    });

    test.each([
      ["an error", ERROR, "vendor_error"],
      ["what is not JSON", "data: <html>\n\n", "malformed"],
      ["half of an object", 'data: {"id":\n\n', "malformed"],
      ["an object's end alone", "data: }\n\n", "malformed"],
    ])("%s stops it right there", (_, middle, kind) => {
      const { meter, text } = run(around(middle));
      expect(meter.fault?.kind).toBe(kind as "malformed");
      expect(text).toBe(usual.join(""));
      expect(meter.isComplete).toBe(false);
    });

    test("hides usage wherever it comes, and nothing else", () => {
      const { meter, text } = run(around(USAGE), { hideUsage: true });
      expect(text).toBe(around("").replace(USAGE, ""));
      expect(meter.facts.usage?.input).toBe(5);
    });

    test("gives the same facts for an event at a time", () => {
      const whole = around(": keep-alive\n\n");
      const cuts = [...whole.matchAll(/\n\n/g)].map(({ index }) => index + 2);
      expect(run(whole, {}, cuts.slice(0, -1)).meter.facts).toEqual(run(whole).meter.facts);
    });
  });

  test("an event longer than the bound is a fault, not a growing buffer", () => {
    expect(run(`data: {"a":"${"x".repeat(20_000)}`).meter.fault?.kind).toBe("malformed");
  });
});
