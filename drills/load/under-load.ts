// Does something to an installation while calls come in at a steady rate, and keeps account of what became of them.
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { createDice } from "../run/dice.ts";
import type { Account } from "./account.ts";
import { callAtRate } from "./call-at-rate.ts";
import { createCaller } from "./caller.ts";
import { planCalls } from "./planned-call.ts";

export interface Load {
  callsPerSecond: number;
  seed: number;
  /** Begins the tags of its calls, and names their sequence. */
  name: string;
  account: Account;
}

/** The load ends when `act` has ended or has called `endLoad`; resolves when the last call under way has ended, too. */
export async function underLoad(
  running: RunningBinnacle,
  { callsPerSecond, seed, name, account }: Load,
  act: (endLoad: () => void) => Promise<void>,
): Promise<void> {
  const ended = new AbortController();
  const load = callAtRate(createCaller(running), {
    calls: planCalls(createDice(seed, `calls of ${name}`), name),
    callsPerSecond,
    until: ended.signal,
    onEnd: account.add,
  });
  try {
    await act(() => ended.abort());
  } finally {
    ended.abort();
    await load;
  }
}
