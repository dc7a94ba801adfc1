import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, test } from "bun:test";
import type { ChatEvent, Usage } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { writeMessagesAnswer } from "./answer-in.ts";
import { createStreamEncoder } from "./stream-in.ts";
import { createStreamDecoder } from "./stream-out.ts";

function encode(events: ChatEvent[], told: Dropped[] = []): string {
  const encoder = createStreamEncoder(told);
  return events.map((event) => encoder.write(event)).join("");
}

/** The official SDK's helper, on these bytes. */
function read(body: string) {
  const fetch = () => Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
  const client = new Anthropic({ apiKey: "k", maxRetries: 0, fetch });
  return client.messages.stream({ model: "m", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] });
}

const usage: Usage = { input: 10, output: 5, cache_read: 4, cache_write: 3, cache_write_1h: 1, reasoning: 2 };
const choice = 0;
const start: ChatEvent = { type: "start", id: "a1", model: "m", created_s: 7 };
const finish = (
  reason: Extract<ChatEvent, { type: "finish" }>["reason"],
  raw_reason = reason as string,
): ChatEvent => ({ type: "finish", choice, reason, raw_reason });
const text = (said: string): ChatEvent => ({ type: "text", choice, text: said });
const thought = (said: string): ChatEvent => ({ type: "reasoning", choice, text: said });
const call = (index: number, name: string): ChatEvent => ({
  type: "tool_call_start",
  choice,
  index,
  id: `c${index}`,
  name,
});
const args = (index: number, said: string): ChatEvent => ({ type: "tool_call_arguments", choice, index, text: said });
const whole = (...events: ChatEvent[]): ChatEvent[] => [start, ...events, { type: "usage", usage }, { type: "end" }];

/** What the SDK makes of the stream, which must be what a caller without a stream gets. */
async function bothWays(events: ChatEvent[], told: Dropped[] = []) {
  const streamed = await read(encode(events, told)).finalMessage();
  const written = writeMessagesAnswer(events, []);
  expect(JSON.parse(JSON.stringify(streamed))).toMatchObject({
    ...written,
    usage: { ...(written["usage"] as object), cache_creation: {} },
  });
  return streamed;
}

const names = (stream: string) =>
  stream
    .split("\n")
    .filter((line) => line.startsWith("event: "))
    .map((line) => line.slice(7));

const block = (deltas: number) => [
  "content_block_start",
  ...Array.from({ length: deltas }, () => "content_block_delta"),
  "content_block_stop",
];

describe("the SDK's helper makes the message of a stream", () => {
  test("of thinking, text and tool calls, each block for itself", async () => {
    const events = whole(
      thought("Let me "),
      thought("see."),
      { type: "reasoning_signature", choice, signature: "sig" },
      text("I'll "),
      text("look."),
      call(0, "look"),
      args(0, '{"at":'),
      args(0, '"x"}'),
      finish("tool_calls"),
    );
    const message = await bothWays(events);
    expect(message).toMatchObject({
      id: "a1",
      model: "m",
      role: "assistant",
      stop_reason: "tool_use",
      stop_sequence: null,
      content: [
        { type: "thinking", thinking: "Let me see.", signature: "sig" },
        { type: "text", text: "I'll look." },
        { type: "tool_use", id: "c0", name: "look", input: { at: "x" } },
      ],
      usage: { input_tokens: 3, cache_read_input_tokens: 4, cache_creation_input_tokens: 3, output_tokens: 5 },
    });
    expect(names(encode(events))).toEqual([
      "message_start",
      ...block(3),
      ...block(2),
      ...block(2),
      "message_delta",
      "message_stop",
    ]);
  });

  test("of calls that were made at the same time, one after another", async () => {
    const message = await bothWays(
      whole(
        call(0, "f"),
        call(1, "g"),
        args(1, '{"b"'),
        args(0, '{"a":1}'),
        args(1, ":2}"),
        call(2, "h"),
        finish("tool_calls"),
      ),
    );
    expect(message.content).toMatchObject([
      { name: "f", input: { a: 1 } },
      { name: "g", input: { b: 2 } },
      { name: "h", input: {} },
    ]);
  });

  test("of text that follows a citation in a block of its own", async () => {
    const citation = { url: "https://x.example", title: "X", quote: "so" };
    const message = await bothWays(
      whole(text("So."), { type: "citation", choice, citation }, text(" But."), finish("stop")),
    );
    expect(message.content).toMatchObject([
      {
        text: "So.",
        citations: [{ type: "web_search_result_location", url: "https://x.example", title: "X", cited_text: "so" }],
      },
      { text: " But." },
    ]);
  });

  test("of parts that come whole", async () => {
    const part = (each: Extract<ChatEvent, { type: "part" }>["part"]): ChatEvent => ({
      type: "part",
      choice,
      part: each,
    });
    const message = await bothWays(
      whole(
        part({ type: "reasoning", text: "", redacted: "x" }),
        part({ type: "reasoning", text: "hm", signature: "s" }),
        part({ type: "server_tool_call", id: "s1", name: "web_search", input: {}, extra: { type: "server_tool_use" } }),
        part({
          type: "server_tool_result",
          call_id: "s1",
          name: "web_search",
          content: [],
          extra: { type: "web_search_tool_result" },
        }),
        finish("pause"),
      ),
    );
    expect(message.stop_reason).toBe("pause_turn");
    expect(message.content.map(({ type }) => type)).toEqual([
      "redacted_thinking",
      "thinking",
      "server_tool_use",
      "web_search_tool_result",
    ]);
  });

  test("of nothing at all", async () => {
    expect((await bothWays(whole(finish("stop")))).content).toEqual([]);
  });

  test.skipIf(!hasRecordings)("of every recorded stream as of the recording itself", async () => {
    for (const { body } of readRecordings().filter(({ isStream }) => isStream)) {
      const decoder = createStreamDecoder({ eventBytesMax: 1 << 20 });
      const events = [...decoder.feed(Buffer.from(body)), ...decoder.finish()];
      const [theirs, ours] = await Promise.all([read(body).finalMessage(), read(encode(events)).finalMessage()]);
      expect({ ...ours, usage: 0, stop_details: 0 } as unknown).toEqual({ ...theirs, usage: 0, stop_details: 0 });
      expect(names(encode(events)).filter((name) => name.startsWith("message"))).toHaveLength(3);
      expect(ours.usage.output_tokens).toBe(theirs.usage.output_tokens);
    }
  });
});

describe("why an answer ended", () => {
  test.each([
    ["stop", "stop", "end_turn"],
    ["length", "length", "max_tokens"],
    ["tool_calls", "tool_calls", "tool_use"],
    ["content_filter", "content_filter", "refusal"],
    ["refusal", "refusal", "refusal"],
    ["pause", "pause", "pause_turn"],
    ["other", "RECITATION", "end_turn"],
    ["stop", "stop_sequence", "stop_sequence"],
    ["length", "model_context_window_exceeded", "model_context_window_exceeded"],
  ] as const)("%s (%s) is said %s", (reason, raw, wanted) => {
    expect(writeMessagesAnswer(whole(finish(reason, raw)), [])["stop_reason"]).toBe(wanted);
  });

  test("is a tool call, or a refusal, where a vendor only says that it stopped", () => {
    const refusal: ChatEvent = { type: "refusal", choice, text: "I won't." };
    expect(writeMessagesAnswer(whole(call(0, "f"), finish("stop", "STOP")), [])["stop_reason"]).toBe("tool_use");
    expect(writeMessagesAnswer(whole(refusal, finish("stop")), [])).toMatchObject({
      stop_reason: "refusal",
      content: [{ type: "text", text: "I won't." }],
    });
  });

  test("names the sequence that stopped it", () => {
    const events = whole({ type: "finish", choice, reason: "stop", raw_reason: "stop", stop_sequence: "END" });
    expect(writeMessagesAnswer(events, [])).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "END" });
  });
});

describe("what Anthropic has no word for", () => {
  test("is told, once", () => {
    const told: Dropped[] = [];
    const picture: ChatEvent = { type: "part", choice, part: { type: "image", url: "data:image/png;base64,AA==" } };
    const search: ChatEvent = {
      type: "part",
      choice,
      part: { type: "server_tool_call", id: "1", name: "s", input: {} },
    };
    const logprobs: ChatEvent = { type: "extra", choice, place: "choice", extra: { logprobs: {} } };
    const events = whole(
      picture,
      search,
      logprobs,
      logprobs,
      { ...text("Other"), choice: 1 } as ChatEvent,
      finish("stop"),
    );
    encode([{ ...start, extra: { system_fingerprint: "f" } } as ChatEvent, ...events.slice(1)], told);
    expect(told.map(({ what }) => what)).toEqual([
      "answer.system_fingerprint",
      "answer.image",
      "answer.server_tool_call",
      "answer.logprobs",
      "answer.choices",
    ]);
  });

  test("does not break a tool call whose arguments are no JSON", () => {
    const told: Dropped[] = [];
    const message = writeMessagesAnswer(whole(call(0, "f"), args(0, "{oh"), finish("tool_calls")), told);
    expect(message["content"]).toMatchObject([{ input: { arguments: "{oh" } }]);
    expect(told.map(({ what }) => what)).toEqual(["answer.tool_calls.arguments"]);
  });
});

describe("an answer that broke", () => {
  const error: ChatEvent = { type: "error", message: "It broke.", code: "x" };

  test("ends its stream with an error, which the SDK throws", async () => {
    const stream = encode([start, text("Hi"), error, text("more"), { type: "end" }]);
    expect(names(stream).at(-1)).toBe("error");
    expect(stream).not.toContain("message_stop");
    expect(await read(stream).finalMessage().catch(String)).toContain("It broke.");
  });

  test("is no message", () => {
    expect(() => writeMessagesAnswer([start, text("Hi"), error], [])).toThrow("It broke.");
    expect(() => writeMessagesAnswer([start, text("Hi")], [])).toThrow("no end");
  });
});

describe("a whole answer's text", () => {
  const cite = (from: number, to: number, url = "https://x.example"): ChatEvent => ({
    type: "citation",
    choice,
    citation: { url, start: from, end: to },
  });
  const texts = (...events: ChatEvent[]) =>
    (
      writeMessagesAnswer(whole(...events, finish("stop")), [])["content"] as {
        text: string;
        citations?: { url: string }[];
      }[]
    ).map(({ text: said, citations = [] }) => [said, ...citations.map(({ url }) => url)]);

  test("is cut where its citations begin and end", () => {
    expect(texts(text("One two "), text("three."), cite(4, 7, "a:2"), cite(8, 13, "a:3"))).toEqual([
      ["One "],
      ["two", "a:2"],
      [" "],
      ["three", "a:3"],
      ["."],
    ]);
  });

  test("keeps citations that overlap, and those that point nowhere", () => {
    expect(texts(text("abcd"), cite(0, 3, "a:1"), cite(1, 4, "a:2"), cite(9, 12, "a:3"))).toEqual([
      ["a", "a:1"],
      ["bc", "a:1", "a:2"],
      ["d", "a:2", "a:3"],
    ]);
  });

  test("goes on beyond a call", () => {
    const events = [text("abc"), call(0, "f"), text("def"), cite(4, 5, "a:1")];
    expect(texts(...events)).toEqual([["abc"], [undefined], ["d"], ["e", "a:1"], ["f"]] as never);
  });

  test("counts from where the text began, after other parts", () => {
    expect(
      texts(text("abc"), thought("hm"), text("def"), cite(0, 2, "a:1")).filter(([said]) => said !== undefined),
    ).toEqual([["abc"], ["de", "a:1"], ["f"]]);
  });
});
