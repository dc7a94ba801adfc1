import { expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { createLoop } from "./loop.ts";

const { log } = createWorld();
const NEVER_MS = 2 ** 30;

test("goes on at once while there is more, then waits until it is woken", async () => {
  let turns = 0;
  const waits: (() => void)[] = [];
  const loop = createLoop(
    () => {
      turns += 1;
      waits.shift()?.();
      return Promise.resolve(turns < 3);
    },
    { intervalMs: NEVER_MS, log },
  );
  loop.start();
  await Bun.sleep(10);
  expect(turns).toBe(3);
  const woken = new Promise<void>((resolve) => waits.push(resolve));
  loop.wake();
  await woken;
  expect(turns).toBe(4);
  await loop.close();
  loop.wake();
  await Bun.sleep(5);
  expect(turns).toBe(4);
});

test("survives a turn that throws, and does not miss being woken during one", async () => {
  let turns = 0;
  const loop = createLoop(
    () => {
      turns += 1;
      if (turns === 1) {
        loop.wake();
        throw new Error("the database is away");
      }
      return Promise.resolve(false);
    },
    { intervalMs: NEVER_MS, log },
  );
  loop.start();
  await Bun.sleep(10);
  expect(turns).toBe(2);
  await loop.close();
});
