// What a turn makes of other holders, after the database was away from all of them.
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorld } from "../../kernel/index.ts";
import type { Account } from "../account.ts";
import { leasesConfigSchema } from "../config.ts";
import { openLeaseBook } from "../lease-book.ts";
import { createMemoryBank } from "../leases.fixture.ts";
import { createTurnTaking, type TurnTaking } from "./take-turn.ts";
import { createWaiting } from "./waiting.ts";
import { createWallet } from "./wallet.ts";

const places: Account = {
  id: "calls_in_flight/now/team/crowd",
  startsAtMs: 0,
  endsAtMs: Number.MAX_SAFE_INTEGER,
  countsAfterMs: -1,
  keptUntilMs: Number.MAX_SAFE_INTEGER,
  cap: Number.MAX_SAFE_INTEGER,
  onCrash: "freed",
};

let folder: string;
let clockMs = 1000;
let isAvailable = true;
let lapses: boolean[];
let taking: TurnTaking;
let ask: () => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "binnacle-turns-"));
  [clockMs, isAvailable, lapses] = [1000, true, []];
  const book = openLeaseBook(folder);
  const world = createWorld({ monotonicMs: () => clockMs });
  const wallet = createWallet({ book, nowMs: world.monotonicMs, onFreed: () => undefined });
  const waiting = createWaiting(wallet, world.monotonicMs);
  const memory = createMemoryBank();
  const bank: typeof memory = {
    ...memory,
    exchange(holder, statements) {
      lapses.push(...statements.map((each) => each.lapses));
      return memory.exchange(holder, statements);
    },
  };
  const config = leasesConfigSchema.parse({});
  taking = createTurnTaking(config, {
    wallet,
    waiting,
    world,
    bank,
    holder: book.holder,
    isAvailable: () => isAvailable,
  });
  // Always more than is at hand.
  let amount = 1;
  ask = () => void waiting.add([{ account: places, amount: (amount *= 100) }]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whether, in a turn now, others that did not renew count as gone. */
async function mayLapse(): Promise<boolean | undefined> {
  lapses = [];
  ask();
  await taking.turn();
  return lapses[0];
}

test("holders that did not renew count as gone only once they could have, for as long as they are given", async () => {
  await mayLapse();
  clockMs += 15_000;
  expect(await mayLapse()).toBe(true);
  isAvailable = false;
  clockMs += 60_000;
  expect(await mayLapse()).toBeUndefined();
  isAvailable = true;
  expect(await mayLapse()).toBe(false);
  clockMs += 14_000;
  expect(await mayLapse()).toBe(false);
  clockMs += 1000;
  expect(await mayLapse()).toBe(true);
});
