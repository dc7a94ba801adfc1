import { expect, test } from "bun:test";
import type { Storage } from "../../storage/index.ts";
import { sumsConfigSchema } from "./config.ts";
import { createTurns } from "./turns.ts";

/** PostgreSQL gives up on more hours in one turn than this. */
const HOURS_MAX = 4;

test("a turn that is too large is smaller each time, of its own grain alone", async () => {
  const asked = { minute: [] as number[], hour: [] as number[] };
  const query = (text: string, values: unknown[] = []): Promise<{ rows: object[] }> => {
    if (text.includes("pg_try_advisory_xact_lock")) return Promise.resolve({ rows: [{ is_mine: true }] });
    const most = Number(values[1]);
    if (text.startsWith("select minute as at")) asked.minute.push(most);
    if (text.includes("behind.grain = 'day'") && text.includes("grain = 'hour' and at <")) {
      asked.hour.push(most);
      if (most > HOURS_MAX) return Promise.reject(new Error("canceling statement due to statement timeout"));
    }
    return Promise.resolve({ rows: [] });
  };
  // Only what a turn uses of it.
  const storage = {
    pool: { query, connect: () => Promise.resolve({ query, release: () => undefined }) },
  } as unknown as Storage;
  const world = { nowMs: () => Date.UTC(2026, 10, 21), monotonicMs: () => 0 };
  const turns = createTurns(sumsConfigSchema.parse({}), { storage, world, signal: new AbortController().signal });
  for (let round = 0; round < 6; round += 1) await turns.catchUp().catch(turns.makeSmaller);
  expect(asked.hour).toEqual([60, 30, 15, 7, 3, 3]);
  expect(asked.minute).toEqual([60, 60, 60, 60, 60, 60]);
});
