// Calls of batches are let go when their time is over. Their entries stay, with how many there were and the root over them, and an entry
// that has its place in the tree before says until when; so what is not there is known to have been let go, and not taken away.
import type { Transaction } from "kysely";
import { newId, sleep, type World } from "../../kernel/index.ts";
import { inTurn, type Storage } from "../../storage/index.ts";
import { type CompleteEntry, SYSTEM } from "../acting/acting.ts";
import type { Leaf } from "../entries/leaf.ts";
import type { CallStore } from "../store/call-store.ts";
import type { EntryStore } from "../store/entry-store.ts";

/** The action of the entry that says so. */
export const CALLS_LET_GO = "calls.let_go";

export interface LetGo {
  start(): void;
  close(): Promise<void>;
  /** All whose time is over; false where another process is at it, or the database is away. */
  letGo(): Promise<boolean>;
}

interface LetGoDeps {
  storage: Storage;
  callStore: CallStore;
  entries: Pick<EntryStore, "inTransaction">;
  world: Pick<World, "nowMs" | "log">;
  write(transaction: Transaction<unknown>, entries: readonly (CompleteEntry & { id: string })[]): Promise<void>;
  /** Gives entries that wait their places. */
  sequence(): Promise<boolean>;
  /** Whether data is held that must not go. */
  isHeld(): Promise<boolean>;
}

const DAY_MS = 86_400_000;
const INTERVAL_MS = 3_600_000;
const BATCHES_AT_ONCE = 500;
const LOOKS_MAX = 50;
const LOOK_MS = 100;

/** With `keep` left out they stay for ever. */
export function createLetGo({ keep }: { keep?: number | undefined }, deps: LetGoDeps): LetGo {
  const { storage, callStore, entries, world, write, sequence, isHeld } = deps;
  const closing = new AbortController();
  let running = Promise.resolve();

  async function work(): Promise<void> {
    if (keep === undefined || (await isHeld())) return;
    // By whole days, or each look would leave an entry.
    const beforeMs = Math.floor((world.nowMs() - keep) / DAY_MS) * DAY_MS;
    if (!(await callStore.hasLinesBefore(beforeMs))) return;
    await entries.inTransaction((transaction) => say(transaction, beforeMs));
    if (await isSaid()) while (!closing.signal.aborted && (await callStore.letGo(BATCHES_AT_ONCE)) > 0);
  }

  /** Another process may be giving entries their places just now, or nothing may be signed at all: then it is tried the next time. */
  async function isSaid(): Promise<boolean> {
    for (let looks = 0; looks < LOOKS_MAX && !closing.signal.aborted; looks += 1) {
      await sequence();
      if (await callStore.isGoingSaid()) return true;
      await sleep(LOOK_MS, closing.signal);
    }
    return false;
  }

  async function say(transaction: Transaction<unknown>, beforeMs: number): Promise<void> {
    const id = newId();
    if (!(await callStore.mayGo(transaction, { beforeMs, entry: id }))) return;
    const resource = { type: "calls", id: new Date(beforeMs).toISOString() };
    const { organisation } = SYSTEM;
    const details = { before_ms: beforeMs };
    await write(transaction, [
      { id, action: CALLS_LET_GO, actor: SYSTEM, organisation, resource, outcome: "ok", details },
    ]);
  }

  const letGo = async (): Promise<boolean> => storage.isAvailable() && (await inTurn(storage, "audit-let-go", work));

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      await letGo().catch((err: unknown) => world.log.warn({ err }, "old calls of the audit trail were not let go"));
      await sleep(INTERVAL_MS, closing.signal);
    }
  }

  return {
    start: () => void (keep !== undefined && (running = run())),
    async close() {
      closing.abort();
      await running;
    },
    letGo,
  };
}

/** What an entry says was let go: calls of batches from before then; undefined where it says nothing of the kind. */
export function letGoBefore({ action, details }: Pick<Leaf, "action" | "details">): number | undefined {
  const before = action === CALLS_LET_GO ? details?.["before_ms"] : undefined;
  return typeof before === "number" ? before : undefined;
}
