import { describe, expect, test } from "bun:test";
import { callRecordSchema, type CallRecord } from "./contract.ts";
import { BEGINNING, openJournal } from "./journal/journal.fixture.ts";
import { writeBytes } from "./journal/segment-writer.ts";
import { answer, JSON_BODY, startOf } from "./ledger.fixture.ts";
import { createCallOpener } from "./open-call.ts";
import { splitRecordLines } from "./projector/lines/record-lines.ts";

interface Options {
  bodies?: { store: boolean; max_bytes: number };
  journal?: Parameters<typeof openJournal>[0];
}

function createRecorder({ bodies = { store: true, max_bytes: 1000 }, journal: options = {} }: Options = {}) {
  const { journal, folder } = openJournal(options);
  const closed: CallRecord[] = [];
  const open = createCallOpener({
    bodies,
    journal,
    world: { nowMs: () => 1_790_000_000_000 },
    onClosed: (record) => void closed.push(record),
  });
  /** What is in the journal. */
  const frames = () =>
    journal
      .read(BEGINNING, { buffer: Buffer.alloc(1_000_000), recordsMax: 1000 })
      .frames.map(({ json, request, response }) => ({
        record: JSON.parse(Buffer.from(splitRecordLines(json).record).toString()) as CallRecord,
        request: Buffer.from(request).toString(),
        response: Buffer.from(response).toString(),
      }));
  return { open, journal, closed, frames, folder };
}

describe("an open call", () => {
  test("has a whole record from the start, and it reads as a failure", () => {
    const call = createRecorder().open(startOf({ session: "s-1", parent_span_id: "00f067aa0ba902b7" }));
    expect(callRecordSchema.parse(call.record)).toEqual(call.record);
    expect(call.record).toMatchObject({
      id: call.id,
      outcome: "failed",
      status: 500,
      session: "s-1",
      parent_span_id: "00f067aa0ba902b7",
      answer: null,
      started_at_ms: 1_790_000_000_000,
    });
  });

  test("keeps the caller's trace, and begins one without it", () => {
    const { open } = createRecorder();
    expect(open(startOf({ trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" })).record.trace_id).toBe(
      "4bf92f3577b34da6a3ce929d0e0e4736",
    );
    expect(open(startOf({ trace_id: undefined })).record.trace_id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("closing", () => {
  test("puts record and bodies into the journal before it returns", () => {
    const { open, frames, closed } = createRecorder();
    const call = open(startOf({ request: { media_type: JSON_BODY, content: "ask ü" } }));
    answer(call.record);
    call.close({ media_type: "text/event-stream", content: [Buffer.from("data: 1"), Buffer.from("data: 2")] });
    expect(frames()).toEqual([{ record: call.record, request: "ask ü", response: "data: 1data: 2" }]);
    expect(call.record.bodies).toEqual({
      request: { hash: "", media_type: JSON_BODY, size_bytes: 6, stored_bytes: 6 },
      response: { hash: "", media_type: "text/event-stream", size_bytes: 14, stored_bytes: 14 },
    });
    expect(closed).toEqual([call.record]);
  });

  test("without an answer is a refusal's way, and leaves no response", () => {
    const { open, frames } = createRecorder();
    open(startOf()).close();
    expect(frames()[0]?.record.bodies.response).toBeNull();
    expect(frames()[0]?.record.bodies.request).not.toBeNull();
  });

  test("twice is a defect, and changes nothing", () => {
    const { open, frames } = createRecorder();
    const call = open(startOf());
    call.close();
    expect(() => call.close()).toThrow("closed twice");
    expect(frames().length).toBe(1);
  });

  test("cuts bodies at the bound and says so", () => {
    const { open, frames } = createRecorder({ bodies: { store: true, max_bytes: 10 } });
    const call = open(startOf({ request: { media_type: JSON_BODY, content: "0123456789abc" } }));
    call.close({ media_type: JSON_BODY, content: Buffer.from("0123456789") });
    expect(frames()[0]).toMatchObject({ request: "0123456789", response: "0123456789" });
    expect(call.record.bodies.request).toMatchObject({ size_bytes: 13, stored_bytes: 10 });
    expect(call.record.bodies.response).toMatchObject({ size_bytes: 10, stored_bytes: 10 });
  });

  test("keeps no bodies where they are not to be stored, only their sizes", () => {
    const { open, frames } = createRecorder({ bodies: { store: false, max_bytes: 1000 } });
    const call = open(startOf({ request: { media_type: JSON_BODY, content: "secret" } }));
    call.close({ media_type: JSON_BODY, content: "secret" });
    expect(frames()[0]).toMatchObject({ request: "", response: "" });
    expect(call.record.bodies.request).toMatchObject({ size_bytes: 6, stored_bytes: 0 });
  });

  test("lets go of the room that the call had reserved, however it ends", () => {
    const { open, journal } = createRecorder();
    const before = journal.freeBytes();
    const calls = Array.from({ length: 10 }, () => open(startOf()));
    expect(journal.freeBytes()).toBeLessThan(before - 10 * 32 * 1024);
    for (const call of calls) call.close();
    expect(journal.freeBytes()).toBe(before - journal.bytesFrom(BEGINNING));
  });
});

describe("a journal at its bound", () => {
  const config = { max_bytes: 200_000, segment_bytes: 50_000 };

  test("lets no more calls in than it can record, and records all that are in, with answers cut if need be", () => {
    const { open, frames, journal } = createRecorder({
      bodies: { store: true, max_bytes: 25_000 },
      journal: { config },
    });
    const calls = [];
    for (;;) {
      try {
        calls.push(open(startOf()));
      } catch (error) {
        expect(error).toMatchObject({ code: "ledger.journal_full" });
        break;
      }
    }
    for (const call of calls) call.close({ media_type: JSON_BODY, content: "x".repeat(25_000) });
    expect(calls.length).toBeGreaterThan(3);
    expect(journal.bytesFrom(BEGINNING)).toBeLessThanOrEqual(config.max_bytes);
    // Each had its turn to be written; the read ends with the first segment.
    expect(frames()[0]?.response.length).toBeGreaterThan(0);
    expect(journal.end().record).toBe(calls.length);
    expect(calls.some(({ record }) => (record.bodies.response?.stored_bytes ?? 0) < 25_000)).toBe(true);
  });
});

test("a call whose record the disk refuses can be closed again when it takes it", () => {
  let isFull = false;
  const { open, frames, closed, journal } = createRecorder({
    journal: {
      write(bytes, place) {
        if (isFull) throw new Error("ENOSPC");
        return writeBytes(bytes, place);
      },
    },
  });
  const before = journal.freeBytes();
  const call = open(startOf());
  isFull = true;
  expect(() => call.close()).toThrow("cannot be written");
  expect(closed).toEqual([]);
  isFull = false;
  call.close();
  expect(frames().map(({ record }) => record.id)).toEqual([call.id]);
  expect(journal.freeBytes()).toBe(before - journal.bytesFrom(BEGINNING));
});
