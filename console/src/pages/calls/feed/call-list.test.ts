import { describe, expect, test } from "bun:test";
import type { CallPage, CallSummary } from "../../../../../src/ledger/contract.ts";
import { appendPage, type CallList, catchUp, emptyList, placeRows, type Row, rowsFromCalls } from "./call-list.ts";
import { aCall } from "./calls.fixture.ts";
import { readTape, unseenSteps } from "./tape.ts";

const nowMs = 1_800_000_002_000;

/** A call that began so long ago and took no time. */
function callAt(agoMs: number): CallSummary {
  return aCall({ started_at_ms: nowMs - agoMs });
}

function callsAt(...agoMs: number[]): CallSummary[] {
  return agoMs.map(callAt);
}

function pageOf(calls: CallSummary[], cursor: string | null = null): CallPage {
  return { calls, next_cursor: cursor };
}

function live(call: CallSummary): Row {
  return { call, arrivedAtMs: nowMs };
}

function idsOf(list: CallList): string[] {
  return list.rows.map((row) => row.call.id);
}

function read(page: CallPage, list = emptyList()): CallList {
  return catchUp(list, page, { liveSinceMs: 0, nowMs });
}

describe("new calls", () => {
  test("stand newest first, each once, whatever order they come in", () => {
    const calls = callsAt(10, 20, 30, 40);
    const [first, second, third, fourth] = calls.map((call) => live(call)) as [Row, Row, Row, Row];
    const once = placeRows(emptyList(), [third, first], nowMs);
    const twice = placeRows(once, [fourth, second, third], nowMs);
    expect(idsOf(twice)).toEqual(calls.map((call) => call.id));
  });

  test("keep the very rows that are there already", () => {
    const list = read(pageOf(callsAt(10)));
    const again = placeRows(list, [live(list.rows[0]?.call as CallSummary)], nowMs);
    expect(again.rows[0]).toBe(list.rows[0] as Row);
  });

  test("push the oldest off beyond the bound, and paging goes on by time from the last that is left", () => {
    const list = read(pageOf(callsAt(1000, 2000), "next"));
    const many = Array.from({ length: 500 }, (_, index) => live(callAt(999 - index)));
    const full = placeRows(list, many, nowMs);
    expect(full.rows.length).toBe(500);
    expect(full.older).toEqual({ kind: "before", untilMs: full.rows.at(-1)?.call.started_at_ms as number });
  });

  test("that began before the oldest row wait for their page, unless the list is whole", () => {
    const old = live(callAt(50_000));
    const cut = placeRows(read(pageOf(callsAt(10, 20), "next")), [old], nowMs);
    const whole = placeRows(read(pageOf(callsAt(10, 20))), [old], nowMs);
    expect([cut.rows.length, whole.rows.length]).toEqual([2, 3]);
  });
});

describe("the newest page, read anew", () => {
  test("fills the gap when it reaches the rows that are there", () => {
    const list = read(pageOf(callsAt(300, 400), "older"));
    const known = list.rows[0]?.call as CallSummary;
    const after = read(pageOf([...callsAt(100, 200), known], "other"), list);
    expect(after.rows.length).toBe(4);
    expect(after.older).toEqual({ kind: "cursor", cursor: "older" });
  });

  test("replaces them when it does not, for between the two are calls that nobody has read", () => {
    const list = read(pageOf(callsAt(300_000, 400_000), "older"));
    const page = pageOf(callsAt(100, 200), "newer");
    const after = read(page, list);
    expect(idsOf(after)).toEqual(page.calls.map((call) => call.id));
    expect(after.older).toEqual({ kind: "cursor", cursor: "newer" });
  });

  test("keeps what came in live and is not in the database yet", () => {
    const fresh = callAt(5);
    const list = placeRows(emptyList(), [live(fresh)], nowMs);
    const after = catchUp(list, pageOf(callsAt(100, 200), "next"), { liveSinceMs: nowMs - 1, nowMs });
    expect(idsOf(after)[0]).toBe(fresh.id);
    expect(after.rows.length).toBe(3);
  });
});

test("an older page goes to the end, raises the bound, and brings no row twice", () => {
  const calls = callsAt(100, 200, 300);
  const list = read(pageOf(calls.slice(0, 2), "next"));
  const after = appendPage(list, pageOf(calls.slice(1), null));
  expect(idsOf(after)).toEqual(calls.map((call) => call.id));
  expect(after.older).toEqual({ kind: "none" });
  const many = appendPage(list, pageOf(Array.from({ length: 600 }, (_, index) => callAt(1000 + index))));
  expect(placeRows(many, [live(callAt(1))], nowMs).rows.length).toBe(many.rows.length);
});

describe("the tape", () => {
  const total = (list: CallList): number =>
    readTape(list.tape, nowMs)
      .flatMap((step) => Object.values(step))
      .reduce((sum, count) => sum + count, 0);

  test("counts each call of the last five minutes once, in the step in which it ended", () => {
    const list = read(pageOf(callsAt(10, 20, 100_000, 400_000)));
    expect(total(list)).toBe(3);
    expect(total(placeRows(list, rowsFromCalls(list.rows.map((row) => row.call)), nowMs))).toBe(3);
    expect(Object.values(readTape(list.tape, nowMs).at(-1) ?? {})).not.toEqual([]);
  });

  test("says from when on it has seen everything", () => {
    expect(unseenSteps(read(pageOf(callsAt(10))).tape, nowMs)).toBe(0);
    expect(unseenSteps(read(pageOf(callsAt(10, 60_000), "next")).tape, nowMs)).toBe(80);
  });
});
