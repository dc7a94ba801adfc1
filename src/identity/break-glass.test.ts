// The first admin key's use is an alarm where others sign in as people, and none where it is the only way in.
import { describe, expect, test } from "bun:test";
import pino from "pino";
import { plainKey, type Principal } from "../governance/index.ts";
import { createWorld } from "../kernel/index.ts";
import type { IdentityEntry } from "./audit.ts";
import { createBreakGlass } from "./break-glass.ts";
import { until } from "../../test/support/until.ts";

const keyOf = (keyId: string): Principal => ({
  ...plainKey(["admin"]),
  keyId,
  keyName: keyId,
  scopes: ["admin"],
  user: null,
  team: null,
  project: null,
});

function open({ hasPeople = true, mode = "auto" as "auto" | "always" | "never" } = {}) {
  const lines: string[] = [];
  const entries: IdentityEntry[] = [];
  let counted = 0;
  let looked = 0;
  let nowMs = 1000;
  const breakGlass = createBreakGlass(mode, {
    firstKeyId: () => ((looked += 1), Promise.resolve("first")),
    hasPeople: () => Promise.resolve(hasPeople),
    tries: {
      count: () => Promise.resolve({ count: (counted += 1), untilMs: 0 }),
      read: () => Promise.resolve(counted === 0 ? undefined : { count: counted, untilMs: 3_601_000 }),
    },
    world: {
      ...createWorld(),
      nowMs: () => nowMs,
      log: pino({ level: "warn" }, { write: (line) => void lines.push(line) }),
    },
    audit: { note: (entry) => Promise.resolve(void entries.push(entry)) },
  });
  const see = (key: string) => breakGlass.see(keyOf(key), { what: "GET /api/v1/keys", address: "192.0.2.1" });
  return { breakGlass, see, lines, entries, looks: () => looked, passMs: (ms: number) => void (nowMs += ms) };
}

describe("the first admin key", () => {
  test("raises an alarm: a line at warn, an entry, and a count; one a minute", async () => {
    const { breakGlass, see, lines, entries, passMs } = open();
    see("first");
    await until(async () => (await breakGlass.usesOfLate())?.count === 1);
    expect(await breakGlass.usesOfLate()).toEqual({ count: 1, sinceMs: 1000 });
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 40, key: "first", what: "GET /api/v1/keys", msg: "break-glass: the first admin key was used" },
    ]);
    expect(entries).toMatchObject([
      {
        action: "break_glass_used",
        actor: { kind: "key", id: "first" },
        resource: { type: "key", id: "first" },
        personal: { address: "192.0.2.1" },
      },
    ]);
    see("first");
    passMs(61_000);
    see("first");
    await until(async () => (await breakGlass.usesOfLate())?.count === 2);
    expect(lines).toHaveLength(2);
  });

  test("raises none where nobody signs in otherwise, nor does any other key", async () => {
    const alone = open({ hasPeople: false });
    alone.see("first");
    const other = open({ mode: "always" });
    other.see("another");
    await until(() => other.looks() === 1 && alone.looks() === 1);
    await Bun.sleep(0);
    expect([alone.lines, other.lines]).toEqual([[], []]);
  });
});
