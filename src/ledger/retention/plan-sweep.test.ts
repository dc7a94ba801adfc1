import { describe, expect, test } from "bun:test";
import { retentionSchema } from "./config.ts";
import { planDrops, rowKeeps, type StoredDay } from "./plan-sweep.ts";

const DAY_MS = 86_400_000;
const TODAY = 20_000;
const NOW = TODAY * DAY_MS + DAY_MS / 2;

/** A hundred days back, each with 10 bytes of records and 90 of bodies. */
const days: StoredDay[] = Array.from({ length: 100 }, (_, ago) => ({
  day: TODAY - ago,
  records_bytes: 10,
  bodies_bytes: 90,
}));

const plan = (config: object, totalBytes = 10_000) =>
  planDrops(retentionSchema.parse(config), { days, totalBytes, nowMs: NOW });
const daysAgo = (drops: ReturnType<typeof plan>, part: string) =>
  drops.filter((drop) => drop.part === part).map(({ day }) => TODAY - day);

describe("by age", () => {
  test("a day goes when the last moment of it is too old, its bodies before its records", () => {
    const drops = plan({ records: "95d", bodies: "90d" });
    expect(daysAgo(drops, "records")).toEqual([99, 98, 97, 96]);
    expect(daysAgo(drops, "bodies")).toEqual([99, 98, 97, 96, 95, 94, 93, 92, 91]);
    expect(new Set(drops.map(({ why }) => why))).toEqual(new Set(["age"]));
  });

  test("a day stays as a whole while one project keeps it", () => {
    expect(plan({ records: "30d", bodies: "30d", projects: { legal: { records: "300d", bodies: "98d" } } })).toEqual([
      { part: "bodies", day: TODAY - 99, bytes: 90, why: "age" },
    ]);
  });

  test("rows go by themselves after each time that is shorter than the longest", () => {
    const config = retentionSchema.parse({
      records: "30d",
      projects: { legal: { records: "300d" }, play: { records: "2d", bodies: "1d" } },
      kinds: { log: { records: "7d" } },
    });
    expect(rowKeeps(config, "records")).toEqual([2 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS]);
    expect(rowKeeps(config, "bodies")).toEqual([DAY_MS]);
  });
});

describe("by disk", () => {
  test("the oldest bodies go first, as few as will do", () => {
    const drops = plan({ records: "400d", bodies: "400d", disk_max: 9000 });
    expect(daysAgo(drops, "bodies")).toEqual([99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88]);
    expect(daysAgo(drops, "records")).toEqual([]);
    expect(new Set(drops.map(({ why }) => why))).toEqual(new Set(["disk"]));
  });

  test("records go when there are no bodies left but today's, and today stays", () => {
    const drops = plan({ records: "400d", bodies: "400d", disk_max: 0 });
    expect(daysAgo(drops, "bodies")).toEqual(Array.from({ length: 99 }, (_, index) => 99 - index));
    expect(daysAgo(drops, "records")).toEqual(Array.from({ length: 99 }, (_, index) => 99 - index));
  });

  test("what goes by age counts, and nothing goes twice", () => {
    const drops = plan({ records: "400d", bodies: "49d", disk_max: 5500 });
    expect(daysAgo(drops, "bodies").length).toBe(50);
    expect(drops.every(({ why }) => why === "age")).toBe(true);
  });
});
