// What is done again and again: serve who waits, visit the database, serve again, refuse those for whom nothing is left.
import type { World } from "../../kernel/index.ts";
import type { Bank } from "../bank.ts";
import type { LeasesConfig } from "../config.ts";
import { exchange, stateAll } from "./exchange.ts";
import { hearRecall, type Purse } from "./purse.ts";
import type { Waiting } from "./waiting.ts";
import type { Wallet } from "./wallet.ts";

/** The least time between two visits to the database, also while calls wait for others to give back. */
export const PAUSE_MS = 4;

/**
 * While the database was away nobody could renew: that others have not is no sign that they are gone, until they have had as
 * long again as the store gives them.
 */
const LAPSE_TRUST_MS = 15_000;

export interface TurnTaking {
  /** Never throws; says in how many milliseconds the next is due. */
  turn(): Promise<number>;
  /** Tells what is new and asks for what is needed. Throws when the database is away. */
  visit(): Promise<ReadonlyMap<Purse, number>>;
}

interface TurnDeps {
  wallet: Wallet;
  waiting: Waiting;
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  bank: Bank;
  holder: string;
  isAvailable(): boolean;
}

export function createTurnTaking(
  config: LeasesConfig,
  { wallet, waiting, world, bank, holder, isAvailable }: TurnDeps,
): TurnTaking {
  let renewedMs = 0;
  /** Since then the database has always been there. */
  let thereSinceMs: number | undefined;
  let sweptMs = world.monotonicMs();

  async function turn(): Promise<number> {
    const startedMs = world.monotonicMs();
    waiting.serve();
    try {
      if (!isAvailable()) throw new Error("the database is away");
      thereSinceMs ??= startedMs;
      waiting.noteRecalls(await visit());
      waiting.serve();
      waiting.refuseShort(startedMs, config.wait_max);
      if (startedMs - renewedMs >= config.renew_interval) await renew(startedMs);
      if (startedMs - sweptMs >= config.sweep_interval) {
        sweptMs = startedMs;
        await bank.sweep(world.nowMs());
      }
    } catch (error) {
      world.log.debug({ err: error }, "leases could not be renewed");
      thereSinceMs = undefined;
      waiting.refuseAll();
    }
    wallet.forgetUnused(config.idle_after);
    return waiting.size > 0 || isAsked() ? PAUSE_MS : config.renew_interval;
  }

  /** A request to give back was heard of and not answered yet. */
  function isAsked(): boolean {
    for (const { recall, recallSeen } of wallet.purses()) if (recall > recallSeen) return true;
    return false;
  }

  function visit() {
    const nowMs = world.monotonicMs();
    const stated = stateAll({
      purses: wallet.purses(),
      needs: waiting.needs(),
      idleMs: config.idle_after,
      nowMs,
      mayLapse: thereSinceMs !== undefined && nowMs - thereSinceMs >= LAPSE_TRUST_MS,
      wallMs: world.nowMs(),
    });
    return exchange(stated, { bank, holder, now: world.monotonicMs });
  }

  async function renew(nowMs: number): Promise<void> {
    renewedMs = nowMs;
    const purses = [...wallet.purses()];
    if (purses.length === 0) return;
    const recalls = await bank.renew(holder, [...new Set(purses.map(({ account }) => account.id))]);
    for (const purse of purses) hearRecall(purse, recalls.get(purse.account.id) ?? 0, nowMs);
  }

  return { turn, visit };
}
