// What has to go, and why: pure, so that it can be read and tested without a database. Whole days go as partitions. Where a project
// or a kind is kept for another time than the rest, rows go one by one.
import type { RetentionConfig } from "./config.ts";

export type Part = "records" | "bodies";

/** One UTC day as it lies on disk. */
export interface StoredDay {
  /** From the epoch. */
  day: number;
  records_bytes: number;
  /** With the words that are searched; 0 where they are gone. */
  bodies_bytes: number;
}

export interface DayDrop {
  part: Part;
  day: number;
  bytes: number;
  why: "age" | "disk";
}

interface Facts {
  days: readonly StoredDay[];
  /** Of the whole database. */
  totalBytes: number;
  nowMs: number;
}

const DAY_MS = 86_400_000;

/** Days that go as a whole, oldest first; of a day whose records go, the bodies too. */
export function planDrops(config: RetentionConfig, facts: Facts): DayDrop[] {
  const days = facts.days.toSorted((one, other) => one.day - other.day);
  const aged = [...agedDays(config, { days, nowMs: facts.nowMs })];
  const left = facts.totalBytes - aged.reduce((sum, { bytes }) => sum + bytes, 0);
  const isGone = (part: Part, day: number): boolean => aged.some((drop) => drop.part === part && drop.day === day);
  const kept = days.map((each) => ({
    ...each,
    bodies_bytes: isGone("bodies", each.day) ? 0 : each.bodies_bytes,
    records_bytes: isGone("records", each.day) ? 0 : each.records_bytes,
  }));
  const excess = config.disk_max === undefined ? 0 : left - config.disk_max;
  return [...aged, ...thinned(kept, { excess, today: Math.floor(facts.nowMs / DAY_MS) })];
}

function* agedDays(
  config: RetentionConfig,
  { days, nowMs }: { days: readonly StoredDay[]; nowMs: number },
): Generator<DayDrop> {
  const [records, bodies] = [longestKeep(config, "records"), longestKeep(config, "bodies")];
  for (const { day, records_bytes, bodies_bytes } of days) {
    const ageMs = nowMs - (day + 1) * DAY_MS;
    const recordsGo = ageMs >= records;
    if (bodies_bytes > 0 && (recordsGo || ageMs >= bodies))
      yield { part: "bodies", day, bytes: bodies_bytes, why: "age" };
    if (recordsGo) yield { part: "records", day, bytes: records_bytes, why: "age" };
  }
}

/** Bodies first; never of today, which is still being written. */
function* thinned(
  days: readonly StoredDay[],
  { excess, today }: { excess: number; today: number },
): Generator<DayDrop> {
  let over = excess;
  for (const part of ["bodies", "records"] as const)
    for (const { day, [`${part}_bytes` as const]: bytes } of days) {
      if (over <= 0) return;
      if (bytes === 0 || day >= today) continue;
      over -= bytes;
      yield { part, day, bytes, why: "disk" };
    }
}

/** The longest that any record is kept: when a day is older, all of it goes. */
function longestKeep(config: RetentionConfig, part: Part): number {
  return Math.max(config[part], ...overridesOf(config, part).map(({ keepMs }) => keepMs));
}

/** What holds for some rows only. */
export interface RowRule {
  project?: string;
  kind?: string;
  keepMs: number;
}

export function overridesOf({ projects, kinds }: RetentionConfig, part: Part): RowRule[] {
  const named = [
    ...Object.entries(projects).map(([project, keep]) => ({ project, keepMs: keep[part] })),
    ...Object.entries(kinds).map(([kind, keep]) => ({ kind, keepMs: keep[part] })),
  ];
  return named.flatMap(({ keepMs, ...whose }) => (keepMs === undefined ? [] : [{ ...whose, keepMs }]));
}

/** The times after which some rows of a day have to go before the day as a whole does, shortest first. */
export function rowKeeps(config: RetentionConfig, part: Part): number[] {
  const all = [config[part], ...overridesOf(config, part).map(({ keepMs }) => keepMs)];
  const longest = Math.max(...all);
  return [...new Set(all)].filter((keepMs) => keepMs < longest).toSorted((one, other) => one - other);
}
