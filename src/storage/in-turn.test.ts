import { expect, test } from "bun:test";
import { startTestDatabase } from "../../test/support/database.ts";
import { inTurn } from "./in-turn.ts";

test("one is at work at a time, and the next comes when it is done or has failed", async () => {
  const { storage, close } = await startTestDatabase();
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = inTurn(storage, "sweep", () => {
    begun.resolve();
    return ended.promise;
  });
  const isTaken = async () => !(await inTurn(storage, "sweep", () => Promise.resolve()));
  await begun.promise;
  expect(await isTaken()).toBe(true);
  expect(await inTurn(storage, "other work", () => Promise.resolve())).toBe(true);
  ended.resolve();
  expect(await first).toBe(true);
  expect(await isTaken()).toBe(false);
  const fails = inTurn(storage, "sweep", () => Promise.reject(new Error("no")));
  expect(await fails.catch((error: unknown) => String(error))).toBe("Error: no");
  while (await isTaken()) await Bun.sleep(1);
  await close();
});
