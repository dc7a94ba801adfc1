import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { textOfBody } from "./text-of-body.ts";

const text = (body: string, mediaType = "application/json", max = 8192) =>
  textOfBody({ bytes: Buffer.from(body), mediaType }, max)
    .replaceAll(/\s+/g, " ")
    .trim();

describe("the text of a body", () => {
  test("is what its JSON says, without the keys", () => {
    const body = { model: "gpt-4o", messages: [{ role: "user", content: 'say "hi"\nto Zoë 😀 in C:\\temp' }], n: 5 };
    expect(text(JSON.stringify(body))).toBe('gpt-4o user say "hi" to Zoë 😀 in C:\\temp');
    expect(text(String.raw`{"a":"Zo\u00eb \ud83d\ude00"}`)).toBe("Zoë 😀");
  });

  test("joins the pieces of a streamed answer, whichever dialect they are in", () => {
    const events = (...data: unknown[]) => data.map((each) => `data: ${JSON.stringify(each)}\n\n`).join("");
    const openai = events(
      { choices: [{ delta: { content: "Hel" } }] },
      { choices: [{ delta: { content: "lo you" } }] },
    );
    expect(text(openai, "text/event-stream")).toBe("Hello you");
    const anthropic = events({ delta: { type: "text_delta", text: "Hel" } }, { delta: { text: "lo" } });
    expect(text(anthropic, "text/event-stream")).toBe("Hello");
    expect(text(events({ type: "response.output_text.delta", delta: "Hi" }), "text/event-stream")).toBe("Hi");
  });

  test("leaves encoded images out", () => {
    expect(text(JSON.stringify(["before", `data:image/png;base64,${"A".repeat(5000)}`, "after"]))).toBe("before after");
  });

  test("of a long body is its beginning and its end", () => {
    const messages = Array.from({ length: 1000 }, (_, at) => ({ role: "user", content: `message-${at}` }));
    const long = text(JSON.stringify({ messages }), "application/json", 1000);
    expect(long).toStartWith("user message-0 user message-1 ");
    expect(long).toEndWith("message-998 user message-999");
    expect(long.length).toBeLessThanOrEqual(1001);
    expect(text("x".repeat(100_000), "text/plain", 1000).length).toBeLessThanOrEqual(1001);
  });

  test("is some text, whatever the bytes are, in bounded time", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom("application/json", "text/event-stream", ""),
        (bytes, mediaType) => {
          expect(textOfBody({ bytes, mediaType }, 64).length).toBeLessThan(400);
        },
      ),
    );
    for (const nasty of ['"'.repeat(1e6), "\\".repeat(1e6), '"\\'.repeat(5e5), '"content":"'.repeat(1e5)])
      for (const mediaType of ["application/json", "text/event-stream"]) text(nasty, mediaType);
  });
});
