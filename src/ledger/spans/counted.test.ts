// Usage that several spans report is counted once, whatever arrives first.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import type { SpanRecord } from "../contract.ts";
import type { Ledger } from "../index.ts";
import { recordCall, startLedgerDatabase, startTestLedger, untilProjected } from "../ledger.fixture.ts";
import { randomSpanId, spanOf } from "./spans.fixture.ts";

const MINUTE_MS = 60_000;
const held = { database: undefined as never as TestDatabase, ledger: undefined as never as Ledger };
beforeAll(async () => {
  held.database = await startLedgerDatabase();
  // No minute is summed: its marks stay, to be looked at.
  const config = { sums: { settle: 60 * MINUTE_MS } };
  held.ledger = (await startTestLedger(held.database, { config })).ledger;
});
afterAll(async () => {
  await held.ledger.close();
  await held.database.close();
});

/** Something that comes into the ledger; says the id under which it is on record. */
type Arrival = () => string;

const append =
  (span: SpanRecord): Arrival =>
  () => {
    held.ledger.append([{ record: structuredClone(span) }]);
    return span.id;
  };

async function counted(ids: readonly string[]): Promise<boolean[]> {
  const { rows } = await held.database.storage.pool.query<{ id: string; is_counted: boolean }>(
    "select id, is_counted from ledger_records where id = any($1)",
    [ids],
  );
  return ids.map((id) => rows.find((row) => row.id === id)?.is_counted ?? false);
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => ordersOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

/** Has them arrive in every order, in one batch and one by one; each time what is counted must be the same. */
async function inEveryOrder(make: () => Record<string, Arrival>, expected: Record<string, boolean>): Promise<void> {
  const names = Object.keys(expected);
  for (const order of ordersOf(names))
    for (const isOneBatch of [true, false]) {
      const arrivals = make();
      const ids = new Map<string, string>();
      for (const name of order) {
        ids.set(name, arrivals[name]?.() ?? "");
        if (!isOneBatch) await untilProjected(held.ledger);
      }
      await untilProjected(held.ledger);
      const found = await counted(names.map((name) => ids.get(name) ?? ""));
      expect({ order, found: Object.fromEntries(names.map((name, index) => [name, found[index]])) }).toEqual({
        order,
        found: expected,
      });
    }
}

const newTrace = (): string => Bun.randomUUIDv7().replaceAll("-", "");

describe("usage is counted once", () => {
  test("where a program's own span is around a call through the gateway", async () => {
    await inEveryOrder(
      () => {
        const trace_id = newTrace();
        const outer = spanOf({ trace_id });
        const start = { trace_id, parent_span_id: outer.span_id };
        return { outer: append(outer), call: () => recordCall(held.ledger, { start }) };
      },
      { outer: false, call: true },
    );
  });

  test("where up to four other spans lie between", async () => {
    await inEveryOrder(
      () => {
        const trace_id = newTrace();
        const outer = spanOf({ trace_id });
        const step = spanOf({ trace_id, kind: "step", tokens: null, parent_span_id: outer.span_id });
        const others = [step];
        for (let count = 0; count < 3; count += 1)
          others.push(spanOf({ trace_id, kind: "span", tokens: null, parent_span_id: others.at(-1)?.span_id ?? null }));
        const inner = spanOf({ trace_id, parent_span_id: others.at(-1)?.span_id ?? null });
        const rest = (): string => others.slice(1).map((span) => append(span)())[0] ?? "";
        return { outer: append(outer), step: append(step), rest, inner: append(inner) };
      },
      { outer: false, step: false, rest: false, inner: true },
    );
  });

  test("where an agent and a run say again what their calls used", async () => {
    await inEveryOrder(
      () => {
        const trace_id = newTrace();
        const run = spanOf({ trace_id, kind: "run" });
        const agent = spanOf({ trace_id, kind: "agent", parent_span_id: run.span_id });
        const call = spanOf({ trace_id, parent_span_id: agent.span_id });
        return { run: append(run), agent: append(agent), call: append(call) };
      },
      { run: false, agent: false, call: true },
    );
  });

  test("where a vendor's server reports a span below our own call", async () => {
    const trace_id = newTrace();
    const id = recordCall(held.ledger, { start: { trace_id, parent_span_id: randomSpanId() } });
    const below = spanOf({ trace_id, parent_span_id: id.slice(19).replaceAll("-", "") });
    append(below)();
    await untilProjected(held.ledger);
    expect(await counted([id, below.id])).toEqual([true, false]);
  });
});

describe("usage is counted", () => {
  test("of spans beside one another, and of one above a span that reports nothing", async () => {
    await inEveryOrder(
      () => {
        const trace_id = newTrace();
        const outer = spanOf({ trace_id });
        const silent = spanOf({ trace_id, parent_span_id: outer.span_id, tokens: null });
        const other = spanOf({ trace_id, parent_span_id: randomSpanId() });
        return { outer: append(outer), silent: append(silent), other: append(other) };
      },
      { outer: true, silent: false, other: true },
    );
  });

  test("of a span above one that knows of none, and says so in noughts", async () => {
    await inEveryOrder(
      () => {
        const trace_id = newTrace();
        const outer = spanOf({ trace_id });
        const inner = spanOf({ trace_id, parent_span_id: outer.span_id, tokens: { input: 0, output: 0 } });
        return { outer: append(outer), inner: append(inner) };
      },
      { outer: true, inner: false },
    );
  });

  test("of a span around a call that the gateway refused", async () => {
    const trace_id = newTrace();
    const outer = spanOf({ trace_id });
    append(outer)();
    recordCall(held.ledger, {
      start: { trace_id, parent_span_id: outer.span_id },
      change: (record) => void (record.outcome = "refused"),
    });
    await untilProjected(held.ledger);
    expect(await counted([outer.id])).toEqual([true]);
  });

  test("of a span that names itself as the one above it, or that others name in a circle", async () => {
    const trace_id = newTrace();
    const own = spanOf({ trace_id, span_id: "00f067aa0ba902b7", parent_span_id: "00f067aa0ba902b7" });
    append(own)();
    await untilProjected(held.ledger);
    expect(await counted([own.id])).toEqual([true]);
  });
});

test("a minute is marked again when what is counted in it changes", async () => {
  const { pool } = held.database.storage;
  const trace_id = newTrace();
  const minuteMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 10 * MINUTE_MS;
  const outer = spanOf({ trace_id, started_at_ms: minuteMs + 5 });
  append(outer)();
  await untilProjected(held.ledger);
  await pool.query("delete from ledger_dirty_minutes");
  append(spanOf({ trace_id, parent_span_id: outer.span_id, started_at_ms: minuteMs + 2 * MINUTE_MS }))();
  await untilProjected(held.ledger);
  const { rows } = await pool.query<{ minute: Date }>("select minute from ledger_dirty_minutes order by 1");
  expect(rows.map(({ minute }) => minute.getTime() - minuteMs)).toEqual([0, 2 * MINUTE_MS]);
});
