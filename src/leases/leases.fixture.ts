// A bank without a database, with delays and failures as told, and several processes that lease from it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorld, sleep } from "../kernel/index.ts";
import { type Balance, type Bank, countTogether, grantFor, type Statement } from "./bank.ts";
import { drain, type Drained } from "./drain.ts";
import { leasesConfigSchema } from "./config.ts";
import { openLeaseBook } from "./lease-book.ts";
import { createLeases, type Leases } from "./leases.ts";

interface Row {
  id: string;
  startsAtMs: number;
  holder: string;
  granted: number;
  spent: number;
  returned: number;
  freed: number;
  recallSeen: number;
  isAlive: boolean;
}

export interface MemoryBank extends Bank {
  rows: Row[];
  /** A holder that is no longer heard of. */
  lose(holder: string): void;
}

export interface Weather {
  /** Milliseconds that an answer takes. */
  delayMs(): number;
  /** Says for each exchange whether its answer is lost, and whether it was done all the same. */
  fault(): "none" | "lost" | "lost after it was done";
}

export const fairWeather: Weather = { delayMs: () => 0, fault: () => "none" };

interface Books {
  rows: Row[];
  recalls: Map<string, number>;
  drained: Map<string, Drained>;
  nowMs(): number;
  tell(id: string, recall: number): void;
}

function rowOf({ rows }: Books, holder: string, { id, startsAtMs }: Pick<Statement, "id" | "startsAtMs">): Row {
  const known = rows.find((row) => row.holder === holder && row.id === id && row.startsAtMs === startsAtMs);
  const row = known ?? {
    id,
    startsAtMs,
    holder,
    granted: 0,
    spent: 0,
    returned: 0,
    freed: 0,
    recallSeen: 0,
    isAlive: true,
  };
  if (!known) rows.push(row);
  return row;
}

function drainOne({ rows, drained, nowMs }: Books, { id, refillPerMs: perMs }: Statement): number {
  if (perMs === 0) return 0;
  const spent = rows.filter((row) => row.id === id).reduce((sum, row) => sum + row.spent, 0);
  const after = drain(drained.get(id) ?? { drained: 0, atMs: 0 }, { spent, perMs, nowMs: nowMs() });
  drained.set(id, after);
  return after.drained;
}

function settleOne(books: Books, holder: string, told: Statement): Balance {
  const { rows, recalls } = books;
  const own = rowOf(books, holder, told);
  const drained = drainOne(books, told);
  own.spent = Math.max(own.spent, told.spent);
  own.returned = Math.max(own.returned, told.returned);
  own.freed = Math.max(own.freed, told.freed);
  own.recallSeen = Math.max(own.recallSeen, told.recallSeen);
  const counted = rows.filter((row) => row.id === told.id && countTogether(row, told));
  const others = counted.filter(
    (row) => row.holder !== holder && row.isAlive && row.granted - row.returned > row.spent,
  );
  const out = counted.reduce((sum, row) => sum + Math.max(row.granted - row.returned, row.spent), 0);
  const left = told.cap - out + drained;
  const amount = grantFor(told, left, others.length);
  own.granted += amount;
  const recall = (recalls.get(told.id) ?? 0) + (told.recalls && amount < told.need && others.length > 0 ? 1 : 0);
  if (recall > (recalls.get(told.id) ?? 0)) books.tell(told.id, recall);
  recalls.set(told.id, recall);
  return {
    granted: own.granted,
    spent: own.spent,
    returned: own.returned,
    freed: own.freed,
    recall,
    othersSeen: others.length === 0 ? null : Math.min(...others.map(({ recallSeen }) => recallSeen)),
    othersFreed: counted.reduce((sum, row) => sum + (row.holder === holder ? 0 : row.freed), 0),
    spentByAll: counted.reduce((sum, row) => sum + row.spent, 0) - drained,
    left: left - amount,
  };
}

/** As store.ts does it, in memory. */
export function createMemoryBank(
  { delayMs, fault }: Weather = fairWeather,
  nowMs: () => number = performance.now.bind(performance),
): MemoryBank {
  const rows: Row[] = [];
  const recalls = new Map<string, number>();
  const listeners = new Set<(id: string, recall: number) => void>();

  const books: Books = {
    rows,
    recalls,
    drained: new Map(),
    nowMs,
    tell: (id, recall) => listeners.forEach((hear) => setTimeout(hear, 0, id, recall)),
  };

  return {
    rows,
    lose: (holder) => rows.filter((row) => row.holder === holder).forEach((row) => (row.isAlive = false)),
    async exchange(holder, statements) {
      await sleep(delayMs());
      const outcome = fault();
      if (outcome === "lost") throw new Error("the connection was lost");
      const balances = statements.map((statement) => settleOne(books, holder, statement));
      await sleep(delayMs());
      if (outcome === "lost after it was done") throw new Error("the connection was lost");
      return balances;
    },
    granted: (holder, accounts) => Promise.resolve(accounts.map((account) => rowOf(books, holder, account).granted)),
    renew: (_, ids) => Promise.resolve(new Map(ids.map((id) => [id, recalls.get(id) ?? 0]))),
    usage: () => Promise.resolve([]),
    sweep: () => Promise.resolve(),
    listen(onRecall) {
      listeners.add(onRecall);
      return { close: () => void listeners.delete(onRecall) };
    },
  };
}

export interface Holder {
  leases: Leases;
  holder: string;
  folder: string;
  /** As kill -9 would: nothing is told, and what is in the book stays. */
  crash(): void;
  close(): Promise<void>;
}

/** One process, with a book of its own; a folder that was used before is taken over. */
export async function startHolder(
  bank: Bank,
  { folder = mkdtempSync(join(tmpdir(), "binnacle-leases-")), waitMaxMs = 30_000 } = {},
): Promise<Holder> {
  const book = openLeaseBook(folder);
  let isAlive = true;
  const isCut = () => {
    if (!isAlive) throw new Error("this process is dead");
  };
  const own: Bank = {
    ...bank,
    exchange: async (holder, statements) => {
      isCut();
      const balances = await bank.exchange(holder, statements);
      isCut();
      return balances;
    },
    renew: async (holder, ids) => {
      isCut();
      return bank.renew(holder, ids);
    },
  };
  const config = leasesConfigSchema.parse({ renew_interval: 20, idle_after: 200, wait_max: waitMaxMs });
  const leases = createLeases(config, { world: createWorld(), bank: own, isAvailable: () => isAlive, book });
  await leases.start();
  return {
    leases,
    holder: book.holder,
    folder,
    crash: () => void (isAlive = false),
    async close() {
      await leases.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
