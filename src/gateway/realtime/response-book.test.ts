import { describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import type { Providers } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import { fakeRecords, target } from "./realtime.fixture.ts";
import { createResponseBook } from "./response-book.ts";

const attempt = { target: target.id, vendor: "acme", model: "talker", reason: "first in order" } as Attempt;

function start(limits: { heardBytesMax?: number; responsesMax?: number } = {}) {
  const clock = { ms: 0 };
  const world = createWorld({ monotonicMs: () => clock.ms });
  const { records, closed, fail } = fakeRecords(world);
  const providers = { price: () => ({ usd_micros: 7, price_version: "test" }) } as unknown as Providers; // All that is used.
  const book = createResponseBook(
    { world, providers, records, target, attempt },
    { heardBytesMax: 1000, responsesMax: 2, ...limits },
  );
  const say = (event: object): void => book.fromVendor(JSON.stringify(event));
  const ask = (event: object): void => book.fromCaller(JSON.stringify(event));
  const requests = (): string[] => closed.map(({ start: { request } }) => String(request.content));
  return { book, say, ask, closed, fail, clock, records, requests };
}

const created = (id: string) => ({ type: "response.created", response: { id } });
const done = (id: string, more: object = {}) => ({
  type: "response.done",
  response: { id, status: "completed", usage: { input_tokens: 10, output_tokens: 3 }, ...more },
});
const gone = gatewayErrors.caller_gone({});

describe("the book of a connection", () => {
  test("has a record for each response, with its times, tokens, cost and answer", () => {
    const { say, closed, clock, records } = start();
    say(created("r1"));
    clock.ms = 40;
    say({ type: "response.output_text.delta", response_id: "r1" });
    clock.ms = 90;
    say({ type: "response.output_text.delta", response_id: "r1" });
    clock.ms = 100;
    say(done("r1"));
    expect(closed[0]?.start).toMatchObject({ operation: "realtime", session: records.id, model: "talk" });
    expect(closed[0]?.record).toMatchObject({
      outcome: "ok",
      status: 200,
      tokens: { input: 10, output: 3, source: "vendor" },
      cost: { usd_micros: 7 },
      timings: { total_ms: 100, first_token_ms: 40, per_output_token_ms: 30 },
      answer: { model: "talker", response_id: "r1", finish_reason: "completed" },
      attempts: [{ target: "acme/talker", duration_ms: 100, first_byte_ms: 40, outcome: "ok" }],
    });
  });

  test("keeps responses apart that are under way at once, up to a bound", () => {
    const { book, say, closed } = start();
    say(created("r1"));
    say(created("r2"));
    expect(() => say(created("r3"))).toThrow("2 responses of acme/talker are under way");
    say(done("r2"));
    expect(closed.map(({ record }) => record.answer?.response_id)).toEqual(["r2"]);
    expect(book.isExpecting()).toBe(true);
    say(done("r1"));
    expect(book.isExpecting()).toBe(false);
  });

  test("has a record for a response whose beginning was not heard", () => {
    const { say, closed } = start();
    say(done("r1"));
    expect(closed).toHaveLength(1);
  });

  test("takes what the caller said since the last response as the request, without its sound, within a bound", () => {
    const { say, ask, book, requests } = start({ heardBytesMax: 200 });
    for (let count = 0; count < 50; count += 1) ask({ type: "input_audio_buffer.append", audio: "AAAA".repeat(1000) });
    ask({ type: "conversation.item.create", item: { content: [{ type: "input_audio", audio: "AAAA" }] } });
    say(done("r1"));
    book.fromCaller("no JSON");
    book.fromCaller(Uint8Array.of(1, 2, 3));
    ask({ type: "session.update", session: { instructions: "x".repeat(300) } });
    say(done("r2"));
    say(done("r3"));
    expect(requests()).toEqual([
      '{"type":"input_audio_buffer.append","events":50}\n' +
        '{"type":"conversation.item.create","item":{"content":[{"type":"input_audio","audio":"(4 characters of base64)"}]}}',
      '{"text":"no JSON"}\n{"binary_bytes":3}\n{"events_left_out":1}',
      "",
    ]);
  });

  test("says how a response ended that was not completed", () => {
    const { say, closed } = start();
    const statuses = {
      cancelled: { type: "cancelled", reason: "turn_detected" },
      incomplete: { type: "incomplete", reason: "max_output_tokens" },
      failed: { type: "failed", error: { code: "rate_limit_exceeded", message: "Too fast." } },
    };
    for (const [status, status_details] of Object.entries(statuses)) say(done(status, { status, status_details }));
    expect(
      closed.map(({ record }) => [record.outcome, record.answer?.finish_reason, record.attempts[0]?.outcome]),
    ).toEqual([
      ["cancelled", "turn_detected", "cancelled"],
      ["ok", "max_output_tokens", "ok"],
      ["failed", "failed", "error"],
    ]);
    expect(closed[2]?.record.error?.message).toBe("acme/talker failed (200): Too fast.");
  });

  test("closes what will not be done: what was begun, and what was asked for and may have begun", () => {
    const { book, say, ask, closed } = start();
    say(created("r1"));
    book.breakOff(gone);
    ask({ type: "response.create" });
    expect(book.isExpecting()).toBe(true);
    book.breakOff(gatewayErrors.caller_too_slow({ timeoutMs: 5 }));
    expect(closed.map(({ record: { outcome, status } }) => [outcome, status])).toEqual([
      ["cancelled", 499],
      ["truncated", 200],
    ]);
    book.breakOff(gone);
    expect(closed).toHaveLength(2);
  });

  test("expects nothing of what the vendor refused", () => {
    const { book, say, ask, closed } = start();
    ask({ type: "response.create" });
    say({ type: "error", error: { message: "no" } });
    expect(book.isExpecting()).toBe(false);
    book.breakOff(gone);
    expect(closed).toEqual([]);
  });

  test("throws when a record cannot be written, and closes it later if it can", () => {
    const { book, say, closed, fail } = start();
    say(created("r1"));
    fail.times = 1;
    expect(() => say(done("r1"))).toThrow("the disk is full");
    book.breakOff(gone);
    expect(closed).toHaveLength(1);
  });

  test("closes each of several responses, also when one cannot be written", () => {
    const { book, say, closed, fail } = start();
    say(created("r1"));
    say(created("r2"));
    fail.times = 1;
    expect(() => book.breakOff(gone)).toThrow("the disk is full");
    expect(closed).toHaveLength(1);
    expect(book.isExpecting()).toBe(false);
  });

  test("reads past whatever is no event", () => {
    const { book, say, closed } = start();
    for (const frame of ["", "[]", "null", '"x"', "{", '{"type":5}', Uint8Array.of(0)]) book.fromVendor(frame);
    for (const event of [{ type: "response.created" }, { type: "response.done", response: [] }]) say(event);
    say({ type: "response.done", response: { id: 5, usage: "much", status_details: 1, status: null } });
    expect(closed.map(({ record }) => record.outcome)).toEqual(["ok", "ok"]);
  });
});
