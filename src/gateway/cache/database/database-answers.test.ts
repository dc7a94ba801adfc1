import { describe, expect, test } from "bun:test";
import { refusedByPostgresql } from "../../../../test/support/database.ts";
import { createWorld } from "../../../kernel/index.ts";
import { cacheConfigSchema } from "../config.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { Purge } from "../purging.ts";
import { createKnownKeys } from "./known-keys.ts";
import { createPending } from "./pending.ts";
import { createDatabaseAnswers } from "./database-answers.ts";
import { keptAnswer, keyFrom } from "../kept-answer.fixture.ts";
import type { CacheStore, Heard } from "./store.ts";
import { until } from "../../../../test/support/until.ts";

const kept = (number: number, more = {}) => keptAnswer({ key: keyFrom(number), ...more });

/** A store that remembers what was written to it, and can be away or slow. */
function startShared() {
  const written: KeptAnswer[] = [];
  const purged: Purge[] = [];
  const state = {
    isAway: false,
    isLost: false,
    isBroken: false,
    isSlow: false,
    heard: { until: new Date(0), answers: [], purges: [] } as Heard,
  };
  const check = () => {
    if (state.isAway || state.isLost) throw new Error("away");
    if (state.isBroken) throw refusedByPostgresql("23514");
  };
  const store: CacheStore = {
    async write(answers) {
      check();
      written.push(...answers);
    },
    read: (keys) =>
      state.isSlow ? new Promise(() => undefined) : Promise.resolve(keys.map((key) => kept(0, { key }))),
    async hear() {
      check();
      return state.heard;
    },
    purge: () => Promise.resolve(0),
    purgeAgain: () => Promise.resolve(),
    sweep: () => Promise.resolve(),
    measure: () => Promise.resolve({ entries: 0, bytes: 0 }),
  };
  const config = cacheConfigSchema.parse({ database: { interval: 1, read_timeout: 20, pending_bytes_max: "10KiB" } });
  const shared = createDatabaseAnswers(config.database, {
    store,
    world: createWorld({ nowMs: () => 2000 }),
    isAvailable: () => !state.isAway,
    onPurged: (purge) => void purged.push(purge),
  });
  shared.start();
  return { shared, written, purged, state };
}

describe("shared answers", () => {
  test("wait while the database is away, up to the bound, and are written when it is back", async () => {
    const { shared, written, state } = startShared();
    state.isAway = true;
    for (let number = 0; number < 20; number += 1) shared.put(kept(number));
    await Bun.sleep(10);
    expect(written).toEqual([]);
    expect(shared.figures().unwritten).toBeGreaterThan(0);
    state.isAway = false;
    await until(() => written.length + shared.figures().unwritten === 20);
    await shared.close();
  });

  test("wait, too, where the database went a moment ago and nobody knows it yet", async () => {
    const { shared, written, state } = startShared();
    state.isLost = true;
    shared.put(kept(1));
    await Bun.sleep(10);
    expect(shared.figures()).toMatchObject({ unwritten: 0 });
    state.isLost = false;
    await until(() => written.length === 1);
    await shared.close();
  });

  test("that a database refuses which answers are given up, and counted", async () => {
    const { shared, state } = startShared();
    state.isBroken = true;
    shared.put(kept(1));
    await until(() => shared.figures().unwritten === 1);
    await shared.close();
  });

  test("are not waited for longer than the bound", async () => {
    const { shared, state } = startShared();
    expect(await shared.read([keyFrom(1)])).toHaveLength(1);
    state.isSlow = true;
    expect(await shared.read([keyFrom(1)])).toEqual([]);
    expect(shared.figures().slowReads).toBe(1);
    state.isAway = true;
    expect(await shared.read([keyFrom(1)])).toEqual([]);
    expect(shared.figures().slowReads).toBe(1);
    await shared.close();
  });

  test("of other processes are known of, and their purges heard of, each once", async () => {
    const { shared, purged, state } = startShared();
    await until(() => !shared.mayHave(keyFrom(7)));
    await Bun.sleep(10);
    const purge = { scope: { project: "p" } };
    state.heard = { ...state.heard, answers: [{ key: keyFrom(7), leftMs: 10 }], purges: [{ id: "1", purge }] };
    await until(() => shared.mayHave(keyFrom(7)) && purged.length > 0);
    await Bun.sleep(20);
    expect(purged).toEqual([purge]);
    expect(shared.mayHave(keyFrom(8))).toBe(false);
    await shared.close();
  });
});

test("known keys are bounded, and forgotten with their time", () => {
  const known = createKnownKeys(2);
  for (const number of [1, 2, 3]) known.add(keyFrom(number), number * 100);
  expect([1, 2, 3].map((number) => known.has(keyFrom(number), 0))).toEqual([false, true, true]);
  expect(known.has(keyFrom(2), 200)).toBe(false);
  known.sweep(200);
  expect(known.has(keyFrom(2), 0)).toBe(false);
});

test("what waits is taken in batches that name a key once, the latest of it", () => {
  const pending = createPending(1e9);
  for (let number = 0; number < 150; number += 1) pending.add(kept(number % 120, { model: String(number) }));
  const first = pending.take();
  pending.putBack(first);
  const batches = [pending.take(), pending.take(), pending.take()];
  expect(batches.map((batch) => batch.length)).toEqual([100, 50, 0]);
  expect(pending.bytes).toBe(0);
  pending.add(kept(1, { model: "a\0b" }));
  expect(pending.unwritten).toBe(1);
});
