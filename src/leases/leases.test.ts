// The promise of leases, by simulation: several processes under one cap, with delays, lost answers and crashes, and no
// instant at which more is out than the cap, nor a refusal while enough was free all along.
import { describe, expect, test } from "bun:test";
import { until } from "../../test/support/until.ts";
import { createMemoryBank, fairWeather, startHolder } from "./leases.fixture.ts";
import { account, simulate } from "./simulation.fixture.ts";

describe("one process", () => {
  test("holds up to the cap, and not one more", async () => {
    const { leases, close } = await startHolder(createMemoryBank());
    const claims = [{ account: account(3), amount: 1 }];
    const results = await Promise.all([1, 2, 3, 4].map(() => leases.hold(claims)));
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(results[3]).toMatchObject({ left: 0, isUnknown: false });
    await close();
  });

  test("has what was held and not spent again, and all that it needs at hand", async () => {
    const { leases, close } = await startHolder(createMemoryBank());
    const claims = [{ account: account(1000), amount: 10 }];
    const first = await leases.hold(claims);
    if (first.ok) first.settle([4]);
    // What was asked for ahead serves at once.
    expect(leases.hold(claims)).toMatchObject({ ok: true });
    await close();
  });

  test("takes from all accounts or from none", async () => {
    const { leases, close } = await startHolder(createMemoryBank());
    const [team, key] = [account(10), account(2, { id: "key/a" })];
    const claim = (amount: number) => [
      { account: team, amount },
      { account: key, amount },
    ];
    expect(await leases.hold(claim(3))).toMatchObject({ ok: false, account: { id: "key/a" }, left: 2 });
    expect(await leases.hold([{ account: team, amount: 10 }])).toMatchObject({ ok: true });
    await close();
  });

  test("knows what a window that slides still counts", async () => {
    const { leases, close } = await startHolder(createMemoryBank());
    const window = (second: number) =>
      account(5, { startsAtMs: second, countsAfterMs: second - 60, endsAtMs: second + 1 });
    for (const second of [1, 30])
      expect(await leases.hold([{ account: window(second), amount: 2 }])).toMatchObject({ ok: true });
    expect(await leases.hold([{ account: window(60), amount: 2 }])).toMatchObject({ ok: false, left: 1 });
    expect(await leases.hold([{ account: window(61), amount: 2 }])).toMatchObject({ ok: true });
    await close();
  });

  test("says for how long something is spent that no other process can know of", async () => {
    let fault: "none" | "lost" = "none";
    const { leases, close } = await startHolder(createMemoryBank({ ...fairWeather, fault: () => fault }));
    const claims = [{ account: account(1000), amount: 1 }];
    expect(leases.untoldMs()).toBeNull();
    const first = await leases.hold(claims);
    if (first.ok) first.settle([1]);
    await until(() => leases.untoldMs() === null);
    fault = "lost";
    const second = await leases.hold(claims);
    if (second.ok) second.settle([1]);
    await until(() => (leases.untoldMs() ?? 0) > 60);
    fault = "none";
    await until(() => leases.untoldMs() === null);
    await close();
  });

  test("refuses as not known, never as too much, while the database is away", async () => {
    const weather = { ...fairWeather, fault: () => "lost" as const };
    const { leases, close } = await startHolder(createMemoryBank(weather), { waitMaxMs: 100 });
    expect(await leases.hold([{ account: account(5), amount: 1 }])).toMatchObject({ ok: false, isUnknown: true });
    await close();
  });
});

describe("several processes", () => {
  test("give each other what they do not need", async () => {
    const bank = createMemoryBank();
    const [one, two] = [await startHolder(bank), await startHolder(bank)];
    const claims = (amount: number) => [{ account: account(100), amount }];
    const first = await one.leases.hold(claims(1));
    if (first.ok) first.settle([1]);
    expect(await two.leases.hold(claims(99))).toMatchObject({ ok: true });
    expect(await one.leases.hold(claims(1))).toMatchObject({ ok: false });
    await Promise.all([one.close(), two.close()]);
  });

  test("what a crashed one held is spent, what it had beside it is free once it is back", async () => {
    const bank = createMemoryBank();
    const dead = await startHolder(bank);
    const claims = (amount: number) => [{ account: account(100), amount }];
    const [settledCall, heldCall] = [await dead.leases.hold(claims(10)), await dead.leases.hold(claims(20))];
    if (settledCall.ok) settledCall.settle([5]);
    expect(heldCall.ok).toBe(true);
    dead.crash();
    bank.lose(dead.holder);
    const back = await startHolder(bank, { folder: dead.folder });
    expect(await back.leases.hold(claims(76))).toMatchObject({ ok: false, left: 75 });
    expect(await back.leases.hold(claims(75))).toMatchObject({ ok: true });
    await back.close();
  });
});

describe("whatever the order of things", () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

  test("the cap is never passed, nobody is refused while enough is free", async () => {
    const runs = await Promise.all(seeds.map((seed) => simulate(seed, { bankIn: createMemoryBank, isRough: false })));
    for (const { outcomes, truth } of runs) {
      expect(truth.mostOut).toBeLessThanOrEqual(truth.cap);
      expect(outcomes).not.toContain("unfair");
      expect(outcomes).toContain("refused");
      expect(outcomes).not.toContain("gave up");
    }
  }, 120_000);

  test("the cap is never passed when answers are lost", async () => {
    const runs = await Promise.all(seeds.map((seed) => simulate(seed, { bankIn: createMemoryBank, isRough: true })));
    for (const { truth } of runs) expect(truth.mostOut).toBeLessThanOrEqual(truth.cap);
    expect(runs.some(({ outcomes }) => outcomes.includes("ok"))).toBe(true);
  }, 120_000);
});
