import { expect, test } from "bun:test";
import { until, worldWithLog } from "../ledger.fixture.ts";
import type { Named } from "../store/echoes.ts";
import { createSecondLook } from "./second-look.ts";

const HOUR_MS = 3_600_000;

function namedOf(id: string, minuteMs: number): Named {
  return { ids: [id], traceIds: ["trace"], minutesMs: [minuteMs] };
}

function batchOf(id: string, minuteMs: number) {
  return { linked: { named: [id], traceIds: ["trace"] }, minutesMs: [minuteMs] };
}

function start(config: { look_again: number; look_again_max: number }) {
  const looks: Named[] = [];
  const database = { isAway: false };
  const { world, lines } = worldWithLog();
  const store = {
    tieLate(named: Named) {
      if (database.isAway) return Promise.reject(new Error("away"));
      looks.push(named);
      return Promise.resolve();
    },
  };
  return { looks, database, lines, second: createSecondLook(config, { store, world }) };
}

test("spans of several batches are looked at together, once", async () => {
  const { looks, second } = start({ look_again: 10, look_again_max: 100 });
  second.add(batchOf("b", 60_000));
  second.add(batchOf("a", 0));
  second.add({ linked: { named: [], traceIds: ["other"] }, minutesMs: [7] });
  second.add({ linked: undefined, minutesMs: [8] });
  await until("they are looked at", () => looks.length > 0);
  second.add(batchOf("c", 0));
  await until("the next is looked at", () => looks.length > 1);
  expect(looks).toEqual([{ ids: ["b", "a"], traceIds: ["trace"], minutesMs: [0, 60_000] }, namedOf("c", 0)]);
});

test("more than may wait are looked at before others are taken", async () => {
  const { looks, second } = start({ look_again: HOUR_MS, look_again_max: 2 });
  second.add(batchOf("a", 0));
  await second.makeRoom();
  expect(looks).toEqual([]);
  second.add(batchOf("b", 0));
  await second.makeRoom();
  await second.makeRoom();
  expect(looks.map(({ ids }) => ids)).toEqual([["a", "b"]]);
  second.stop();
});

test("they wait on while the database is away", async () => {
  const { looks, database, lines, second } = start({ look_again: 5, look_again_max: 1 });
  database.isAway = true;
  second.add(batchOf("a", 0));
  await until("it was tried", () => lines.length > 0);
  await expect(second.makeRoom()).rejects.toThrow("away");
  database.isAway = false;
  await until("it is looked at", () => looks.length > 0);
  expect(looks).toEqual([namedOf("a", 0)]);
});
