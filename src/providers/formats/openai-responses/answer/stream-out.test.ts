import { describe, expect, test } from "bun:test";
import { createDice } from "../../../../../test/support/dice.ts";
import type { ChatEvent, Extra } from "../../../contract.ts";
import { collectAnswer } from "../../collect-answer.ts";
import { hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { readResponsesAnswer } from "./answer-out.ts";
import { createStreamDecoder } from "./stream-out.ts";

const streams = readRecordings().filter(({ isStream }) => isStream);

function decode(pieces: readonly (string | Uint8Array)[], eventBytesMax = 1 << 22): ChatEvent[] {
  const decoder = createStreamDecoder({ eventBytesMax });
  const events = pieces.flatMap((piece) => decoder.feed(typeof piece === "string" ? Buffer.from(piece) : piece));
  return [...events, ...decoder.finish()];
}

const said = (events: readonly Extra[]): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
const response = (more: object = {}): Extra => ({
  id: "resp_1",
  object: "response",
  created_at: 5,
  model: "gpt-5",
  output: [],
  ...more,
});
const created = { type: "response.created", response: response({ status: "in_progress" }) };
const completed = (more: object = {}): Extra => ({
  type: "response.completed",
  response: response({ status: "completed", ...more }),
});
const added = (index: number, item: object): Extra => ({
  type: "response.output_item.added",
  output_index: index,
  item,
});
const done = (index: number, item: object): Extra => ({ type: "response.output_item.done", output_index: index, item });
const delta = (type: string, index: number, text: string, more: object = {}): Extra => ({
  type: `response.${type}.delta`,
  output_index: index,
  delta: text,
  ...more,
});
const message = { type: "message", id: "msg_1", role: "assistant", content: [] };
const hello = [created, added(0, message), delta("output_text", 0, "Hel", { content_index: 0 })];
const lastOf = (events: ChatEvent[]) => events.at(-1);

describe("a stream of the Responses API", () => {
  test("tells text, reasoning, refusals and calls as they come", () => {
    const { choices, usage, isWhole } = collectAnswer(
      decode([
        said([
          created,
          added(0, { type: "reasoning", id: "rs_1", summary: [] }),
          delta("reasoning_summary_text", 0, "A", { summary_index: 0 }),
          delta("reasoning_summary_text", 0, "B", { summary_index: 1 }),
          done(0, {
            type: "reasoning",
            id: "rs_1",
            summary: [{ text: "A" }, { text: "B" }],
            encrypted_content: "sealed",
          }),
          added(1, message),
          delta("output_text", 1, "Hi", { content_index: 0 }),
          {
            type: "response.output_text.annotation.added",
            output_index: 1,
            content_index: 0,
            annotation: { type: "url_citation", url: "u", start_index: 0, end_index: 2 },
          },
          delta("refusal", 1, "No", { content_index: 1 }),
          done(1, {
            ...message,
            content: [
              { type: "output_text", text: "Hi!", annotations: [{}] },
              { type: "refusal", refusal: "No." },
            ],
          }),
          added(2, { type: "function_call", id: "fc_1", call_id: "a", name: "add", arguments: "" }),
          added(3, { type: "custom_tool_call", id: "ctc_1", call_id: "b", name: "run", input: "" }),
          delta("custom_tool_call_input", 3, "ls"),
          delta("function_call_arguments", 2, "{"),
          done(2, { type: "function_call", id: "fc_1", call_id: "a", name: "add", arguments: "{}" }),
          done(3, { type: "custom_tool_call", id: "ctc_1", call_id: "b", name: "run", input: "ls" }),
          done(4, { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search" } }),
          completed({
            usage: {
              input_tokens: 9,
              input_tokens_details: { cached_tokens: 4 },
              output_tokens: 8,
              output_tokens_details: { reasoning_tokens: 3 },
            },
            tool_usage: { web_search: { num_requests: 1 } },
          }),
        ]),
      ]),
    );
    expect(isWhole).toBe(true);
    expect(choices.get(0)).toMatchObject({
      parts: [
        { type: "reasoning", text: "A\n\nB", id: "rs_1", signature: "sealed" },
        { type: "text", text: "Hi", citations: [{ url: "u", start: 0, end: 2 }] },
        { type: "refusal", text: "No" },
        { type: "text", text: "!" },
        { type: "refusal", text: "." },
        { type: "server_tool_call", id: "ws_1", name: "web_search", input: { type: "search" } },
      ],
      tool_calls: [
        { id: "a", name: "add", arguments: "{}" },
        { id: "b", name: "run", arguments: "ls", extra: { item: { type: "custom_tool_call", id: "ctc_1" } } },
      ],
      finish: { reason: "tool_calls", raw_reason: "completed" },
    });
    expect(usage).toMatchObject({ input: 9, cache_read: 4, output: 8, reasoning: 3, server_tools: { web_search: 1 } });
  });

  test.each([
    ["carriage returns", (text: string) => text.replaceAll("\n", "\r\n")],
    ["no spaces after `data:`", (text: string) => text.replaceAll("data: ", "data:")],
    [
      "comments and keep-alives",
      (text: string) => text.replaceAll("data: ", ': ping\n\ndata: {"type":"keepalive"}\n\ndata: '),
    ],
    ["events of new kinds", (text: string) => text.replaceAll("data: ", 'data: {"type":"response.dance"}\n\ndata: ')],
    ["event names", (text: string) => text.replaceAll("data: ", "event: x\ndata: ")],
    ["`[DONE]` at the end", (text: string) => `${text}data: [DONE]\n\n`],
    ["no empty line at the end", (text: string) => text.trimEnd()],
  ])("is understood with %s", (_, change) => {
    const text = said([...hello, completed()]);
    expect(decode([change(text)])).toEqual(decode([text]));
    expect(lastOf(decode([text]))).toEqual({ type: "end" });
  });

  test.each([
    ["breaks off", said(hello), "truncated"],
    ["breaks off in the midst of an event", `${said(hello)}data: {"type":"respo`, "truncated"],
    ["breaks off and says it is done", `${said(hello)}data: [DONE]\n\n`, "truncated"],
    ["says nothing", "", "truncated"],
    ["is no JSON", `${said(hello)}data: {oops\n\n`, "malformed"],
    ["is JSON, but no object", "data: 5\n\n", "not_an_answer"],
    ["is an error's body", '{"error":{"message":"Slow down.","code":"rate_limit_exceeded"}}', "rate_limit_exceeded"],
    [
      "holds an error",
      said([...hello, { type: "error", code: "server_error", message: "Oops." }, completed()]),
      "server_error",
    ],
    [
      "holds an older error",
      said([...hello, { type: "error", error: { type: "server_error", message: "Oops." } }]),
      "server_error",
    ],
    ["holds an error by name", `${said(hello)}event: error\ndata: {"error":{"code":"x","message":"Oops."}}\n\n`, "x"],
    [
      "fails",
      said([
        ...hello,
        {
          type: "response.failed",
          response: response({ status: "failed", error: { code: "server_error", message: "Oops." } }),
        },
      ]),
      "server_error",
    ],
  ])("that %s ends with an error", (_, text, code) => {
    const events = decode([text]);
    expect(lastOf(events)).toMatchObject({ type: "error", code });
    expect(events.filter(({ type }) => type === "error" || type === "end")).toHaveLength(1);
  });

  test("with an event that is too long is given up", () => {
    const text = said([...hello, completed({ metadata: { a: "x".repeat(2000) } })]);
    const events = decode([text.slice(0, 1800), text.slice(1800)], 1000);
    expect(lastOf(events)).toMatchObject({ type: "error", code: "too_long" });
  });

  test("says of a failed response what it took", () => {
    const failed = response({ status: "failed", error: null, usage: { input_tokens: 3, output_tokens: 0 } });
    const types = decode([said([created, { type: "response.failed", response: failed }])]).map(({ type }) => type);
    expect(types).toEqual(["start", "usage", "error"]);
  });

  test.each([
    ["max_output_tokens", "length"],
    ["content_filter", "content_filter"],
    ["tired", "other"],
  ])("that is incomplete for %s ends with %s", (why, reason) => {
    const last = response({ status: "incomplete", incomplete_details: { reason: why } });
    const events = decode([said([created, { type: "response.incomplete", response: last }])]);
    expect(events.find(({ type }) => type === "finish")).toMatchObject({ reason, raw_reason: why });
    expect(lastOf(events)).toEqual({ type: "end" });
  });

  test("may tell all of its items at the end only, or none of them again", () => {
    const item = { ...message, content: [{ type: "output_text", text: "Hello" }] };
    const texts = (events: ChatEvent[]) => collectAnswer(events).choices.get(0)?.text;
    expect(texts(decode([said([created, completed({ output: [item] })])]))).toBe("Hello");
    expect(texts(decode([said([...hello, done(0, item), completed({ output: null })])]))).toBe("Hello");
    expect(texts(decode([said([...hello, completed({ output: [item] })])]))).toBe("Hello");
  });

  test.skipIf(!hasRecordings)("gives the same events however its bytes are cut", () => {
    const dice = createDice(7);
    for (const { name, body } of streams) {
      const bytes = Buffer.from(body);
      const whole = decode([bytes]);
      for (let round = 0; round < 120; round += 1) {
        const pieces: Uint8Array[] = [];
        const longest = [3, 40, 2000, bytes.length][round % 4] ?? 1;
        const from = round % 4 === 0 ? Math.max(0, bytes.length - 20_000) : 0;
        if (from > 0) pieces.push(bytes.subarray(0, from));
        for (let at = from; at < bytes.length;) {
          const next = Math.min(bytes.length, at + 1 + dice(longest));
          pieces.push(bytes.subarray(at, next));
          at = next;
        }
        expect({ name, round, events: decode(pieces) }).toEqual({ name, round, events: whole });
      }
    }
  });
});

describe("a whole answer", () => {
  test.each([
    ["queued", "other"],
    ["completed", "stop"],
  ])("that is %s is one", (status, reason) => {
    const events = readResponsesAnswer(response({ status }));
    expect(events.find(({ type }) => type === "finish")).toMatchObject({ reason, raw_reason: status });
    expect(lastOf(events)).toEqual({ type: "end" });
  });

  test.each([
    ["has failed", response({ status: "failed", error: { code: "server_error", message: "Oops." } }), "server_error"],
    ["is an error", { error: { type: "invalid_request_error", code: null, message: "No." } }, "invalid_request_error"],
    ["is something else", { object: "list", data: [] }, "not_an_answer"],
    ["is no object", [], "not_an_answer"],
  ])("that %s is an error", (_, body, code) => {
    expect(readResponsesAnswer(body)).toMatchObject([{ type: "error", code }]);
  });
});
