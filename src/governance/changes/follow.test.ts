// Following changes: none is missed, none is asked for twice, and a database that is away is waited for.
import { describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { createFollowing } from "./follow.ts";

function follow() {
  const database = { revision: 1, isAway: false, isBroken: false };
  const read: number[] = [];
  let clockMs = 100;
  const following = createFollowing(60_000, {
    revisions: {
      read: () => (database.isBroken ? Promise.reject(new Error("broken")) : Promise.resolve(database.revision)),
    },
    world: { ...createWorld(), monotonicMs: () => clockMs },
    isAvailable: () => !database.isAway,
    readers: [(since) => Promise.resolve(void read.push(since))],
  });
  return { following, database, read, passMs: (ms: number) => void (clockMs += ms) };
}

describe("following changes", () => {
  test("reads everything at the start, and then what is newer, and nothing where nothing is", async () => {
    const { following, database, read } = follow();
    await following.start();
    await following.catchUp();
    expect({ read, revision: following.revision() }).toEqual({ read: [0], revision: 1 });
    database.revision = 5;
    await Promise.all([following.catchUp(), following.catchUp()]);
    expect({ read, revision: following.revision() }).toEqual({ read: [0, 1], revision: 5 });
    await following.close();
  });

  test("begins anew with a database that was set back", async () => {
    const { following, database, read } = follow();
    database.revision = 9;
    await following.start();
    database.revision = 3;
    await following.catchUp();
    expect({ read, revision: following.revision() }).toEqual({ read: [0, 0], revision: 3 });
    await following.close();
  });

  test("says up to when all is known, which stands still while the database is away", async () => {
    const { following, database, passMs } = follow();
    expect([following.heardAtMs(), following.staleMs()]).toEqual([undefined, null]);
    await following.start();
    passMs(50);
    database.isAway = true;
    await following.catchUp();
    expect(following.heardAtMs()).toBe(100);
    Object.assign(database, { isAway: false, isBroken: true });
    await following.catchUp();
    expect(following.heardAtMs()).toBe(100);
    database.isBroken = false;
    await following.catchUp();
    expect(following.heardAtMs()).toBe(150);
    passMs(25);
    expect(following.staleMs()).toBe(25);
    await following.close();
  });
});
