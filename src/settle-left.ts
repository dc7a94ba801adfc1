// Workers that are no more: when fewer are wanted than before, what the others left is carried out by the first process.
// So is what an aide left, before there is another one. Their records go to the database, what they held of budgets is settled, and their folders go.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AppConfig } from "./app-config.ts";
import { isAppError, sleep, type World } from "./kernel/index.ts";
import { createBank, createLeases, openLeaseBook } from "./leases/index.ts";
import { createLedger } from "./ledger/index.ts";
import { type Home, openHome, type Storage } from "./storage/index.ts";
import { AIDE_FOLDER, type Peers } from "./workers/index.ts";

export interface SettleLeft {
  /** Goes on until all is settled, and resolves then, or at the close. Never throws. */
  start(): Promise<void>;
  /** What is not settled by now is at the next start. */
  close(): Promise<void>;
}

export interface SettleLeftDeps {
  world: World;
  storage: Storage;
  home: Home;
  peers: Peers;
}

const TRY_EVERY_MS = 2000;
const LOOK_EVERY_MS = 50;

export function createSettleLeft(config: AppConfig, { world, storage, home, peers }: SettleLeftDeps): SettleLeft {
  const closing = new AbortController();
  let settling: Promise<void> | undefined;

  function leftFolders(): string[] {
    const folder = join(home.path, "workers");
    if (peers.number !== 1 || !existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => Number(name) > peers.count || name === AIDE_FOLDER)
      .map((name) => join(folder, name));
  }

  async function settleAll(): Promise<void> {
    while (leftFolders().length > 0 && !closing.signal.aborted) {
      for (const path of leftFolders()) await settle(path);
      if (leftFolders().length > 0) await sleep(TRY_EVERY_MS, closing.signal);
    }
  }

  async function settle(path: string): Promise<void> {
    try {
      const held = openHome(path);
      try {
        if (!(await carryOut(path))) return;
        rmSync(path, { recursive: true });
        world.log.info({ path }, "what a worker left is settled");
      } finally {
        held.close();
      }
    } catch (error) {
      // It may still be ending, left alone by a first process that was killed.
      world.log.warn(
        { path, why: isAppError(error) ? error.message : String(error) },
        "a worker's rest is not settled",
      );
    }
  }

  /** False when it was not done before the close. */
  async function carryOut(folder: string): Promise<boolean> {
    const { isAvailable } = storage;
    const ledger = createLedger(config.ledger, { storage, world, folder });
    const book = openLeaseBook(folder);
    const leases = createLeases(config.leases, { world, bank: createBank(storage), isAvailable, book });
    try {
      await ledger.start();
      await leases.start();
      while (ledger.state().pending_records > 0 && !closing.signal.aborted) await sleep(LOOK_EVERY_MS, closing.signal);
      return ledger.state().pending_records === 0;
    } finally {
      await Promise.all([ledger.close(), leases.close()]);
    }
  }

  return {
    start: () => (settling ??= settleAll()),
    async close() {
      closing.abort();
      await settling;
    },
  };
}
