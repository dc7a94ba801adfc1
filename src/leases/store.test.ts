// The same simulation on a real PostgreSQL, and what only that can show: what stands in its books, and who hears of a recall.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startMigratedDatabase } from "../../test/support/database.ts";
import { until } from "../../test/support/until.ts";
import type { Storage } from "../storage/index.ts";
import type { Statement } from "./bank.ts";
import { leasesMigrations } from "./migrations/index.ts";
import { simulate } from "./simulation.fixture.ts";
import { createBank } from "./store.ts";

let storage: Storage;
let closeDatabase: () => Promise<void>;

beforeAll(async () => {
  const database = await startMigratedDatabase("leases", [leasesMigrations]);
  storage = database.storage;
  closeDatabase = database.close;
});

afterAll(() => closeDatabase());

const statement = (more: Partial<Statement>): Statement => ({
  id: "team/core",
  startsAtMs: 0,
  countsAfterMs: -1,
  keptUntilMs: Number.MAX_SAFE_INTEGER,
  cap: 100,
  refillPerMs: 0,
  lapses: false,
  spent: 0,
  returned: 0,
  freed: 0,
  recallSeen: 0,
  need: 0,
  needLeast: 0,
  ahead: 0,
  recalls: false,
  ...more,
});

describe("the bank", () => {
  test("grants what is left, keeps the totals, and forgets nothing that is told again", async () => {
    const bank = createBank(storage);
    const mine = (more: Partial<Statement>) => bank.exchange("one", [statement({ id: "a", ...more })]);
    expect(await mine({ need: 60 })).toMatchObject([{ granted: 60, left: 40, othersSeen: null }]);
    const yours = await bank.exchange("two", [statement({ id: "a", need: 60, needLeast: 10, recalls: true })]);
    expect(yours).toMatchObject([{ granted: 40, left: 0, othersSeen: 0, recall: 1 }]);
    expect(await mine({ spent: 20, returned: 30, recallSeen: 1 })).toMatchObject([
      { granted: 60, spentByAll: 20, left: 30 },
    ]);
    expect(await mine({ spent: 10 })).toMatchObject([{ spent: 20, returned: 30 }]);
    expect(
      await bank.granted("one", [
        { id: "a", startsAtMs: 0 },
        { id: "b", startsAtMs: 0 },
      ]),
    ).toEqual([60, 0]);
  });

  test("counts slices of one window together, whichever process is in the next one first; of other windows none", async () => {
    const bank = createBank(storage);
    const slice = (startsAtMs: number) => ({ id: "sliding", startsAtMs, countsAfterMs: startsAtMs - 60_001, need: 60 });
    const grantedIn = async (holder: string, startsAtMs: number) =>
      (await bank.exchange(holder, [statement(slice(startsAtMs))]))[0]?.granted;
    expect(await grantedIn("two", 105_000)).toBe(60);
    expect(await grantedIn("one", 100_000)).toBe(40);
    // From 45 s to 100 s is less than a minute, to 105 s it is not.
    expect(await grantedIn("one", 40_000)).toBe(60);
    expect(await grantedIn("two", 35_000)).toBe(40);
    const day = (startsAtMs: number) => ({ id: "calendar", startsAtMs, countsAfterMs: startsAtMs - 1, need: 100 });
    expect(await bank.exchange("one", [statement(day(86_400_000))])).toMatchObject([{ granted: 100 }]);
    expect(await bank.exchange("two", [statement(day(0))])).toMatchObject([{ granted: 100 }]);
  });

  test("counts slices together also where one visit asks for both: calls that wait while a slice ends", async () => {
    const bank = createBank(storage);
    const slice = (startsAtMs: number, need: number) =>
      statement({ id: "edge", cap: 10, startsAtMs, countsAfterMs: startsAtMs - 60_001, need, needLeast: 1 });
    const balances = await bank.exchange("one", [slice(100_000, 3), slice(105_000, 12), slice(200_000, 4)]);
    expect(balances).toMatchObject([
      { granted: 3, left: 7 },
      { granted: 7, left: 0 },
      { granted: 4, left: 6 },
    ]);
  });

  test("grants nothing that would serve nobody", async () => {
    const bank = createBank(storage);
    expect(await bank.exchange("one", [statement({ id: "c", cap: 9, need: 20, needLeast: 10 })])).toMatchObject([
      { granted: 0, left: 9 },
    ]);
  });

  test("lets lapse what ends with a process that is gone, and nothing else", async () => {
    const bank = createBank(storage);
    const both = (lapses: boolean) => [statement({ id: `lapses ${lapses}`, lapses, need: 100 })];
    for (const lapses of [true, false]) await bank.exchange("gone", both(lapses));
    await storage.pool.query("update leases_leases set renewed_at = now() - interval '1 minute' where holder = 'gone'");
    expect(await bank.exchange("here", both(true))).toMatchObject([{ granted: 100 }]);
    expect(await bank.exchange("here", both(false))).toMatchObject([{ granted: 0, othersSeen: null }]);
  });

  test("shows what is out, page by page, and forgets what is of no interest any more", async () => {
    const bank = createBank(storage);
    for (const [startsAtMs, keptUntilMs] of [
      [0, 50],
      [10, 500],
    ] as const)
      await bank.exchange("one", [statement({ id: "z", startsAtMs, keptUntilMs, need: 7, spent: 3 })]);
    const [newest, older] = await bank.usage({ afterId: "y", limit: 10 });
    expect([newest, older]).toEqual([
      { id: "z", startsAtMs: 10, spent: 3, out: 7 },
      { id: "z", startsAtMs: 0, spent: 3, out: 7 },
    ]);
    await bank.sweep(100);
    expect(await bank.usage({ afterId: "y", limit: 10 })).toHaveLength(1);
  });

  test("lets what was spent of a bucket drain from when it was told, and what is held not at all", async () => {
    const bank = createBank(storage);
    const bucket = (more: Partial<Statement>) => statement({ id: "bucket", cap: 10, refillPerMs: 0.02, ...more });
    const exchange = async (more: Partial<Statement>) => (await bank.exchange("one", [bucket(more)]))[0];
    expect(await exchange({ need: 10 })).toMatchObject({ granted: 10, left: 0 });
    await Bun.sleep(120);
    // Nothing was spent until now, as far as was told.
    expect(await exchange({ spent: 4 })).toMatchObject({ left: 0, spentByAll: 4 });
    const leftOf = async () => (await exchange({ spent: 4 }))?.left ?? 0;
    await until(async () => (await leftOf()) >= 4);
    expect(await leftOf()).toBe(4);
    await Bun.sleep(60);
    expect(await exchange({ spent: 4, need: 9, needLeast: 1 })).toMatchObject({ granted: 14, left: 0, spentByAll: 0 });
  });

  test("forgets who had something of a bucket long ago, and caps that nobody has anything of", async () => {
    const bank = createBank(storage);
    const exchange = async (holder: string, more: Partial<Statement> = {}) =>
      (await bank.exchange(holder, [statement({ id: "old bucket", cap: 10, refillPerMs: 1000, ...more })]))[0];
    await exchange("dead", { need: 10 });
    await exchange("dead", { spent: 10 });
    await Bun.sleep(5);
    expect(await exchange("alive", { need: 2 })).toMatchObject({ left: 8 });
    await storage.pool.query(
      "update leases_leases set renewed_at = now() - interval '2 days' where id = 'old bucket' and holder = 'dead'",
    );
    await bank.sweep(0);
    expect(await exchange("alive")).toMatchObject({ granted: 2, left: 8, spentByAll: 0 });
    await storage.pool.query("delete from leases_leases where id = 'old bucket'");
    const isKnown = async () =>
      (await storage.pool.query("select from leases_caps where id = 'old bucket'")).rowCount === 1;
    expect(await isKnown()).toBe(true);
    await bank.sweep(0);
    expect(await isKnown()).toBe(false);
    expect(await exchange("alive", { need: 10 })).toMatchObject({ granted: 10, left: 0 });
  });

  test("serves exchanges while caps are swept under them", async () => {
    const bank = createBank(storage);
    const sweeping = Array.from({ length: 30 }, () => bank.sweep(0));
    const asking = Array.from({ length: 60 }, (_, index) =>
      bank.exchange(`holder ${index % 3}`, [statement({ id: `fleeting ${index % 5}`, need: 1 })]),
    );
    const balances = await Promise.all(asking);
    await Promise.all(sweeping);
    expect(balances.every(([balance]) => (balance?.granted ?? 0) > 0)).toBe(true);
  });

  test("tells all holders of a recall", async () => {
    const bank = createBank(storage);
    const heard: [string, number][] = [];
    const listener = bank.listen((id, recall) => void heard.push([id, recall]));
    await bank.exchange("one", [statement({ id: "d e", need: 100 })]);
    // Whoever is not listening yet hears of the next.
    await until(async () => {
      await bank.exchange("two", [statement({ id: "d e", need: 1, recalls: true })]);
      return heard.length > 0;
    });
    expect(heard[0]?.[0]).toBe("d e");
    const recalls = await bank.renew("one", ["d e"]);
    expect(recalls.get("d e")).toBeGreaterThanOrEqual(heard[0]?.[1] ?? Number.POSITIVE_INFINITY);
    listener.close();
  });
});

test("four processes on one database never pass the cap, and refuse nobody while enough is free", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const bankIn = () => createBank(storage);
    const { outcomes, truth } = await simulate(seed, { bankIn, isRough: false, id: `seed ${seed}` });
    expect(truth.mostOut).toBeLessThanOrEqual(truth.cap);
    expect(outcomes).not.toContain("unfair");
    const { rows } = await storage.pool.query("select sum(spent) as spent from leases_leases where id = $1", [
      `seed ${seed}`,
    ]);
    expect(Number(rows[0].spent)).toBe(truth.out);
  }
}, 60_000);
