// Lets go of what is too old or too much, a few minutes apart, one process of the installation at a time. It says what it did.
import type { Log, World } from "../../kernel/index.ts";
import { createFollower, inTurn, type Storage } from "../../storage/index.ts";
import type { StorageView, Sweep } from "../contract.ts";
import type { RetentionConfig } from "./config.ts";
import { type DayDrop, type Part, planDrops, rowKeeps } from "./plan-sweep.ts";
import { createRetentionStore, type RetentionStore } from "./store.ts";
import type { RecordsOf } from "../store/clear-text.ts";
import { isoDay } from "../store/tables.ts";

export interface Retention {
  start(): void;
  close(): Promise<void>;
  /** Sweeps now, unless another process does. */
  sweep(): Promise<void>;
  view(): Promise<StorageView>;
}

interface RetentionDeps {
  storage: Storage;
  world: Pick<World, "nowMs" | "log">;
  /** Whose records are left alone now. */
  held?: (() => Promise<readonly RecordsOf[]>) | undefined;
  /** Told before records go: sums over that time are as they will stay. */
  freezeSums?(beforeMs: number): Promise<void>;
}

type Swept = Omit<Sweep, "at_ms">;

const DAY_MS = 86_400_000;
const SWEEPS_SHOWN = 50;
const PARTS = ["bodies", "records"] as const;

export function createRetention(config: RetentionConfig, deps: RetentionDeps): Retention {
  const { storage, world, freezeSums } = deps;
  const store = createRetentionStore(storage, config);
  const rows = createRowSweep(config, store);
  const { isAvailable } = storage;

  async function sweepAll(): Promise<void> {
    const facts = await store.measure();
    // Should this machine's clock be ahead by years, the database's is not believed to be so too.
    const nowMs = Math.min(world.nowMs(), facts.nowMs);
    const done: Swept[] = [];
    const drops = planDrops(config, { ...facts, nowMs });
    await freezeSums?.(frozenBefore(config, drops, nowMs));
    const held = (await deps.held?.()) ?? [];
    for (const drop of drops) if (await store.drop(drop, held)) done.push(sweptDay(drop));
    for (const { day } of facts.days) done.push(...(await rows.sweep({ day, nowMs, held })));
    await store.note(done, nowMs);
    tell(done, world.log);
  }

  const sweep = async (): Promise<void> => void (await inTurn(storage, "binnacle ledger retention", sweepAll));
  const follower = createFollower(
    { intervalMs: config.interval, isAvailable, log: world.log, what: "what is too old" },
    sweep,
  );
  return {
    start: () => void follower.start(),
    close: follower.close,
    sweep,
    async view() {
      const [{ days, totalBytes }, sweeps] = await Promise.all([store.measure(), store.listSweeps(SWEEPS_SHOWN)]);
      return {
        total_bytes: totalBytes,
        disk_max_bytes: config.disk_max ?? null,
        keep: { records_ms: config.records, bodies_ms: config.bodies },
        days: days.map(({ day, ...bytes }) => ({ day: isoDay(day), ...bytes })),
        sweeps,
      };
    },
  };
}

/** From then on nothing goes. What is younger than a day may still come in late, so its sums are never frozen. */
function frozenBefore(config: RetentionConfig, drops: readonly DayDrop[], nowMs: number): number {
  const shortestMs = Math.max(DAY_MS, Math.min(config.records, ...rowKeeps(config, "records")));
  const ends = drops.filter(({ part }) => part === "records").map(({ day }) => (day + 1) * DAY_MS);
  return Math.max(nowMs - shortestMs, ...ends);
}

/** A day's rows are looked through while a time passes through the day, and once after it: not at every sweep. */
function createRowSweep(config: RetentionConfig, store: RetentionStore) {
  const passedOf = new Map<string, number>();

  function isDue(part: Part, day: number, nowMs: number): boolean {
    const key = `${part} ${day}`;
    const ages = rowKeeps(config, part).map((keepMs) => nowMs - keepMs - day * DAY_MS);
    const passed = ages.filter((ageMs) => ageMs >= DAY_MS).length;
    const isDueNow = passed !== (passedOf.get(key) ?? 0) || ages.some((ageMs) => ageMs >= 0 && ageMs < DAY_MS);
    passedOf.set(key, passed);
    return isDueNow;
  }

  return {
    async sweep({ day, nowMs, held }: { day: number; nowMs: number; held: readonly RecordsOf[] }): Promise<Swept[]> {
      const done: Swept[] = [];
      for (const part of PARTS) {
        const rows = isDue(part, day, nowMs) ? await store.deleteRows({ day, part, nowMs, held }) : 0;
        if (rows > 0) done.push({ part, day: isoDay(day), why: "rule", bytes: 0, rows });
      }
      return done;
    },
  };
}

function sweptDay({ part, day, bytes, why }: DayDrop): Swept {
  return { part, day: isoDay(day), bytes, why, rows: 0 };
}

function tell(done: readonly Swept[], log: Pick<Log, "info" | "warn">): void {
  const thinned = done.filter(({ why }) => why === "disk");
  if (thinned.length > 0)
    log.warn(
      { days: thinned.map(({ part, day }) => `${part} of ${day}`) },
      "the database was larger than ledger.retention.disk_max allows: the oldest went",
    );
  const aged = done.filter(({ why }) => why !== "disk");
  if (aged.length > 0) log.info({ days: aged.length }, "what was kept long enough went");
}
