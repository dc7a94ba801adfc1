// Buckets over several processes: what the books hold to, whoever asks how much and when.
import { expect, test } from "bun:test";
import { createRandom } from "../../test/support/dice.ts";
import type { Statement } from "./bank.ts";
import { drain } from "./drain.ts";
import { createMemoryBank, startHolder } from "./leases.fixture.ts";
import { account } from "./simulation.fixture.ts";

const BURST = 20;
const PER_MS = 0.01;

test("drains whole ones, evenly, keeps what remains of the time, and never more than was spent", () => {
  expect(drain({ drained: 0, atMs: 0 }, { spent: 10, perMs: PER_MS, nowMs: 250 })).toEqual({ drained: 2, atMs: 200 });
  expect(drain({ drained: 2, atMs: 200 }, { spent: 10, perMs: PER_MS, nowMs: 299 })).toEqual({ drained: 2, atMs: 200 });
  expect(drain({ drained: 2, atMs: 200 }, { spent: 10, perMs: PER_MS, nowMs: 5000 })).toEqual({
    drained: 10,
    atMs: 5000,
  });
  // A clock that was set back drains nothing twice.
  expect(drain({ drained: 10, atMs: 5000 }, { spent: 12, perMs: PER_MS, nowMs: 4000 })).toEqual({
    drained: 10,
    atMs: 5000,
  });
});

interface Process {
  granted: number;
  spent: number;
  returned: number;
}

const statementOf = ({ spent, returned }: Process, need: number, ahead: number): Statement => ({
  id: "bucket",
  startsAtMs: 0,
  countsAfterMs: -1,
  keptUntilMs: Number.MAX_SAFE_INTEGER,
  cap: BURST,
  refillPerMs: PER_MS,
  lapses: false,
  spent,
  returned,
  freed: 0,
  recallSeen: 0,
  need,
  needLeast: 1,
  ahead,
  recalls: false,
});

/** Three processes that ask ahead, spend later and tell later still: when each spent, by a clock of our own. */
async function spendAtRandom(seed: number): Promise<number[]> {
  const random = createRandom(seed);
  let clockMs = 1000;
  const bank = createMemoryBank(undefined, () => clockMs);
  const processes = new Map<string, Process>();
  const spentAtMs: number[] = [];
  for (let step = 0; step < 400; step += 1) {
    clockMs += random() < 0.3 ? random() * 3000 : random() * 50;
    const holder = `holder ${Math.floor(random() * 3)}`;
    const process = processes.get(holder) ?? { granted: 0, spent: 0, returned: 0 };
    processes.set(holder, process);
    const free = (): number => process.granted - process.returned - process.spent;
    for (let most = Math.floor(random() * 12); most > 0 && free() > 0; most -= 1) {
      process.spent += 1;
      spentAtMs.push(clockMs);
    }
    if (random() < 0.2) process.returned += free();
    if (random() < 0.6) continue;
    const need = Math.floor(random() * 6);
    const [balance] = await bank.exchange(holder, [statementOf(process, need, Math.floor(random() * 16))]);
    process.granted = balance?.granted ?? 0;
  }
  return spentAtMs;
}

test("no stretch of time holds more than the burst and what is refilled in it", async () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const times = await spendAtRandom(seed);
    expect(times.length).toBeGreaterThan(BURST);
    // Of all stretches that end at a call, the one that is fullest for its length.
    let leastBefore = Number.POSITIVE_INFINITY;
    for (const [count, ms] of times.entries()) {
      leastBefore = Math.min(leastBefore, count - PER_MS * ms);
      // What remained of the time from before the stretch may be one more.
      expect(count + 1 - PER_MS * ms - leastBefore).toBeLessThanOrEqual(BURST + 1);
    }
  }
});

test("who always asks gets nearly all that is refilled, from two processes together", async () => {
  let clockMs = 0;
  const bank = createMemoryBank(undefined, () => clockMs);
  const [one, two] = [await startHolder(bank), await startHolder(bank)];
  const bucket = account(BURST, { id: "bucket", refillPerMs: PER_MS });
  let answered = 0;
  const STEPS = 200;
  for (let step = 0; step < STEPS; step += 1) {
    clockMs += 50;
    const holder = step % 2 === 0 ? one : two;
    const held = await holder.leases.hold([{ account: bucket, amount: 1 }]);
    if (!held.ok) continue;
    held.settle([1]);
    answered += 1;
  }
  await one.close();
  await two.close();
  const refilled = STEPS * 50 * PER_MS;
  expect(answered).toBeLessThanOrEqual(BURST + refilled + 1);
  expect(answered).toBeGreaterThan(0.8 * refilled);
});
