// Carries out the lines of batches: claims as many as there are places for, keeps the claims alive, and writes each
// result before another takes its place. What is in flight when the process dies is claimed again when its lease lapses.
import { type Log, sleep } from "../../kernel/index.ts";
import type { ClaimedLine } from "../batch.ts";
import type { BatchesConfig } from "../config.ts";
import type { LineStore } from "../store/line-store.ts";
import { createLoop } from "./loop.ts";
import { placesFor } from "./places-for.ts";
import { type RunDeps, runLine } from "./run-line.ts";

export interface Runner {
  start(): void;
  wake(): void;
  /** Claims nothing more, lets what is in flight end within the grace, and gives the rest back. */
  close(): Promise<void>;
}

export interface RunnerDeps extends Omit<RunDeps, "config"> {
  lines: LineStore;
  isAvailable(): boolean;
  /** A batch has no more lines to carry out. */
  onBatchDone(): void;
}

/** Between tries to write a result while the database is away. */
const WRITE_RETRY_MS = 500;

export function createRunner(config: BatchesConfig, deps: RunnerDeps): Runner {
  const { lines, gateway, world, isAvailable, onBatchDone } = deps;
  const running = new Map<string, { line: ClaimedLine; cut: AbortController; done: Promise<void> }>();
  let isClosing = false;

  const claiming = createLoop(claimNext, { intervalMs: config.poll_interval, log: world.log });
  const renewing = createLoop(renew, { intervalMs: config.lease / 3, log: world.log });

  async function claimNext(): Promise<boolean> {
    const limits = { running: running.size, concurrency: config.concurrency, busyShare: config.busy_share };
    const free = placesFor(gateway.load(), limits) - running.size;
    if (isClosing || free <= 0 || !isAvailable()) return false;
    const claimed = await lines.claim(free, config.lease);
    for (const line of claimed) {
      const cut = new AbortController();
      const done = carryOut(line, cut.signal).finally(() => {
        running.delete(line.claim);
        claiming.wake();
      });
      running.set(line.claim, { line, cut, done });
    }
    return claimed.length > 0;
  }

  async function carryOut(line: ClaimedLine, signal: AbortSignal): Promise<void> {
    const run = await runLine(line, signal, { ...deps, config });
    const write = async (): Promise<void> => {
      if ("again" in run) await lines.putBack(line, run.again);
      else if (await lines.finish(line, run.result)) onBatchDone();
    };
    // Unwritten, it is carried out again when its lease lapses.
    while (!(await isWritten(write, world.log)) && !isClosing) await sleep(WRITE_RETRY_MS);
  }

  /** A claim that no longer holds may be another's by now: its call is cut. */
  async function renew(): Promise<boolean> {
    const claims = [...running.keys()];
    if (claims.length === 0 || !isAvailable()) return false;
    const held = new Set(await lines.renew(claims, config.lease));
    for (const claim of claims) if (!held.has(claim)) running.get(claim)?.cut.abort();
    return false;
  }

  return {
    start() {
      claiming.start();
      renewing.start();
    },
    wake: claiming.wake,
    async close() {
      isClosing = true;
      await claiming.close();
      const inFlight = [...running.values()];
      const ended = Promise.all(inFlight.map(({ done }) => done));
      await Promise.race([ended, sleep(config.shutdown_grace)]);
      for (const { cut } of running.values()) cut.abort();
      await ended;
      await renewing.close();
    },
  };
}

async function isWritten(write: () => Promise<void>, log: Log): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    log.warn({ err: error }, "the result of a line could not be written yet");
    return false;
  }
}
