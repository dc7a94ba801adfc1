// What time does to approvals: deadlines that pass settle them by their default, escalations let others decide, messages are
// sent. Every process looks; the database says whose each is.
import type { World } from "../../kernel/index.ts";
import { createFollower, type Follower } from "../../storage/index.ts";
import type { ApprovalsConfig } from "../config.ts";
import type { HeldStore } from "../store/held.ts";
import type { Notices } from "../notices/notices.ts";
import { type DecideDeps, settleBySilence } from "./decide.ts";
import type { Waiting } from "./waiting.ts";

interface SweepDeps extends Pick<DecideDeps, "requests" | "audit"> {
  notices: Notices;
  heldAnswers: Pick<HeldStore, "sweep">;
  waiting: Pick<Waiting, "tell">;
  isAvailable(): boolean;
  world: Pick<World, "log" | "nowMs">;
}

const FORGETS_EVERY_MS = 60_000;

export function createSweep(
  config: Pick<ApprovalsConfig, "sweep_interval" | "use_within" | "retention">,
  { requests, audit, notices, waiting, heldAnswers, isAvailable, world }: SweepDeps,
): Follower {
  const { sweep_interval: intervalMs, use_within: heldForMs } = config;
  // What is approved can be used that long.
  const keptForMs = Math.max(config.retention, heldForMs);
  let forgotAtMs = 0;

  async function forgetOld(): Promise<void> {
    if (world.nowMs() - forgotAtMs < Math.min(keptForMs, FORGETS_EVERY_MS)) return;
    forgotAtMs = world.nowMs();
    while ((await requests.inTransaction((open) => requests.forget(open, keptForMs))) > 0);
  }

  async function settleOver(): Promise<void> {
    const settled = await requests.inTransaction(async (open) => {
      const rows = [];
      for (const row of await requests.over(open)) rows.push(await settleBySilence(row, open, { requests, audit }));
      return rows;
    });
    for (const row of settled) waiting.tell(row);
  }

  const escalateDue = (): Promise<void> =>
    requests.inTransaction(async (open) => {
      for (const row of await requests.escalate(open)) await notices.add(open, row, "escalated");
    });

  return createFollower({ intervalMs, isAvailable, log: world.log, what: "deadlines of approvals" }, async () => {
    await settleOver();
    await escalateDue();
    await notices.sendWaiting();
    await heldAnswers.sweep(heldForMs);
    await forgetOld();
  });
}
