// The same work for names that nobody has, counted and not timed; and bounds on how much of that work strangers can ask for.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { identityMigrations } from "../migrations/index.ts";
import { createPeopleStore } from "../store/people-store.ts";
import { createTriesStore } from "../store/tries-store.ts";
import { passwordsConfigSchema } from "./config.ts";
import { createHasher, type Hasher } from "./hasher.ts";
import { createPasswords } from "./passwords.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startMigratedDatabase("identity", [identityMigrations]);
});
afterAll(() => database?.close());

const config = passwordsConfigSchema.parse({ memory_kib: 1024, passes: 1, tries_max: 3, tries_window: "1m" });

function open() {
  const asked: string[] = [];
  const real = createHasher(config);
  const hasher: Hasher = {
    hash: (password) => (asked.push("hash"), real.hash(password)),
    verify: (password, hash) => (asked.push(`verify ${hash.slice(0, 30)}`), real.verify(password, hash)),
  };
  let nowMs = Date.now();
  const passwords = createPasswords(config, {
    people: createPeopleStore(database.storage),
    tries: createTriesStore(database.storage),
    hasher,
    world: { ...createWorld(), nowMs: () => nowMs },
    withDatabase: (ask) => ask(),
    secret: "secret",
  });
  const attempt = (name: string, password: string, address: string) =>
    passwords.prove({ name, password, address }).then(
      () => "in",
      (error: { code: string }) => error.code,
    );
  return { passwords, asked, attempt, passMs: (ms: number) => void (nowMs += ms) };
}

describe("a password", () => {
  test("is kept as argon2id, with a salt of its own", async () => {
    const { passwords } = open();
    await passwords.set("ada", "four green boats at noon");
    await passwords.set("bea", "four green boats at noon");
    const people = createPeopleStore(database.storage);
    const [one, two] = [(await people.find("ada"))?.password, (await people.find("bea"))?.password];
    expect(one).toStartWith("$argon2id$v=19$m=1024,t=1,p=1$");
    expect(one).not.toBe(two as string);
  });

  test("is checked with the same work whether the name is known, has no password, or is nobody's", async () => {
    const { passwords, asked, attempt } = open();
    await passwords.set("cyd", "four green boats at noon");
    await createPeopleStore(database.storage).setRoles("dan", ["member"]);
    await attempt("warms up", "x", "a");
    const workOf = async (name: string, password: string): Promise<string[]> => {
      asked.length = 0;
      await attempt(name, password, name);
      return [...asked];
    };
    const known = await workOf("cyd", "wrong");
    expect(known).toHaveLength(1);
    expect(known[0]).toContain("$argon2id$v=19$m=1024,t=1,p=1$");
    for (const name of ["dan", "nobody", ""]) expect(await workOf(name, "wrong")).toEqual(known);
    expect(await workOf("cyd", "four green boats at noon")).toEqual(known);
  });

  test("that is refused for too many tries costs no work, and counts anew after the window", async () => {
    const { passwords, asked, attempt, passMs } = open();
    await passwords.set("eve", "four green boats at noon");
    for (let count = 0; count < 3; count += 1)
      expect(await attempt("eve", "wrong", "x")).toBe("identity.wrong_credentials");
    asked.length = 0;
    expect(await attempt("eve", "four green boats at noon", "x")).toBe("identity.too_many_tries");
    expect(asked).toEqual([]);
    passMs(61_000);
    expect(await attempt("eve", "four green boats at noon", "x")).toBe("in");
  });

  test("is not proven by another person's known browser", async () => {
    const { passwords } = open();
    await passwords.set("fay", "four green boats at noon");
    const known = passwords.knownBrowser("somebody else");
    const tries = Array.from({ length: 5 }, () =>
      passwords
        .prove({ name: "fay", password: "wrong", address: "y", known })
        .catch((error: { code: string }) => error.code),
    );
    expect(await Promise.all(tries)).toContain("identity.too_many_tries");
  });

  test.each([
    ["short", "shorter"],
    ["aaaaaaaaaaaaaaaa", "over and over"],
    ["a-rather-long-name", "it is the name"],
    ["x".repeat(1001), "longer than"],
  ])("of %s is not taken", (password, why) => {
    expect(() => open().passwords.check("A-Rather-Long-Name", password)).toThrow(why);
  });
});

describe("the hasher", () => {
  test("works on a few at once, lets a few wait, and sends the rest away", async () => {
    const hasher = createHasher({ memory_kib: 1024, passes: 1, hashes_at_once_max: 1, hashes_waiting_max: 2 });
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => hasher.hash("four green boats")));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    const [away] = all.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(away).toMatchObject({ code: "identity.busy", status: 503 });
    expect(await hasher.hash("four green boats")).toContain("argon2id");
  });
});
