// Several processes under one cap, calls that come and go as the dice say, and what is really so at every moment.
import { createRandom } from "../../test/support/dice.ts";
import { sleep } from "../kernel/index.ts";
import type { Account } from "./account.ts";
import type { Bank } from "./bank.ts";
import { type Holder, startHolder, type Weather } from "./leases.fixture.ts";

export const account = (cap: number, more: Partial<Account> = {}): Account => ({
  id: "team/core",
  startsAtMs: 0,
  endsAtMs: Number.MAX_SAFE_INTEGER,
  countsAfterMs: -1,
  keptUntilMs: Number.MAX_SAFE_INTEGER,
  cap,
  onCrash: "charged",
  ...more,
});

/** What is really so, which no process knows. */
interface Truth {
  cap: number;
  out: number;
  mostOut: number;
  /** For each call that waits: the least that was free since it asked. */
  waiting: Set<{ amount: number; leastFree: number }>;
}

function note(truth: Truth, change: number): void {
  truth.out += change;
  truth.mostOut = Math.max(truth.mostOut, truth.out);
  for (const each of truth.waiting) each.leastFree = Math.min(each.leastFree, truth.cap - truth.out);
}

type Outcome = "ok" | "refused" | "gave up" | "unfair";

async function callOnce(
  holder: Holder,
  truth: Truth,
  { id, random }: { id: string; random: () => number },
): Promise<Outcome> {
  const amount = 1 + Math.floor(random() * 12);
  const waiting = { amount, leastFree: truth.cap - truth.out };
  truth.waiting.add(waiting);
  const result = await holder.leases.hold([{ account: account(truth.cap, { id }), amount }]);
  truth.waiting.delete(waiting);
  if (!result.ok && result.isUnknown) return "gave up";
  if (!result.ok) return waiting.leastFree >= amount ? "unfair" : "refused";
  note(truth, amount);
  await sleep(random() * 15);
  const spent = Math.floor(random() * (amount + 1));
  note(truth, spent - amount);
  result.settle([spent]);
  return "ok";
}

export interface Simulated {
  bankIn(weather: Weather): Bank;
  isRough: boolean;
  /** Where several share one database, each has a cap of its own. */
  id?: string;
}

/** 120 calls over four processes, under a cap that is enough for about a third of them. */
export async function simulate(seed: number, { bankIn, isRough, id = "team/core" }: Simulated) {
  const random = createRandom(seed * 2654435761);
  const weather: Weather = {
    delayMs: () => random() * 3,
    fault: () => (isRough && random() < 0.1 ? (random() < 0.5 ? "lost" : "lost after it was done") : "none"),
  };
  const bank = bankIn(weather);
  // Who waits long enough never gives up in fair weather, however slow the machine is.
  const waitMaxMs = isRough ? 1000 : 30_000;
  const holders = await Promise.all([1, 2, 3, 4].map(() => startHolder(bank, { waitMaxMs })));
  const truth: Truth = { cap: 137, out: 0, mostOut: 0, waiting: new Set() };
  const calls = Array.from({ length: 120 }, async () => {
    await sleep(random() * 150);
    return callOnce(holders[Math.floor(random() * 4)] as Holder, truth, { id, random });
  });
  const outcomes = await Promise.all(calls);
  await Promise.all(holders.map(({ close }) => close()));
  return { outcomes, truth };
}
