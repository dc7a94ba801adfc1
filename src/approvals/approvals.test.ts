// Approvals on a real database: decided once, by those who may, for what was asked.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { until } from "../../test/support/until.ts";
import { ASKER, type Bench, person, startBench, wishFor } from "./approvals.fixture.ts";
import type { Ballot } from "./request.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const HOUR_MS = 3_600_000;
const APPROVE: Ballot = { decision: "approve", note: "", via: "api" };
const REFUSE: Ballot = { decision: "refuse", note: "not today", via: "api" };

const codesOf = (settled: PromiseSettledResult<unknown>[]): (string | undefined)[] =>
  settled.flatMap((each) => (each.status === "rejected" ? [(each.reason as { code?: string }).code] : []));

describe("fifty at once", () => {
  test("who approve take effect once, and the others are told that it is settled", async () => {
    const other = bench.another();
    const { id } = await bench.approvals.request(wishFor("raced"));
    const decided = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? other : bench.approvals).decide(id, person(`p${index}`), APPROVE),
      ),
    );
    expect(decided.filter((each) => each.status === "fulfilled" && each.value.took_effect)).toHaveLength(1);
    expect(new Set(codesOf(decided))).toEqual(new Set(["approvals.settled"]));
    expect(bench.audited.filter(({ action, resource }) => action === "approve" && resource.id === id)).toHaveLength(1);
  });

  test("who approve and refuse come to one or the other, and never to both", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await bench.approvals.request(wishFor(`both ${round}`));
      const decided = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          bench.approvals.decide(id, person(`p${index}`), index % 2 ? APPROVE : REFUSE),
        ),
      );
      const won = decided.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      expect(won).toHaveLength(1);
      expect((await bench.approvals.get(id)).state).toBe(won[0]?.state ?? "pending");
    }
  });

  test("who use an approval do it once", async () => {
    const { id, payload_hash: hash } = await bench.approvals.request(wishFor("used"));
    await bench.approvals.decide(id, person("ada"), APPROVE);
    const used = await Promise.allSettled(Array.from({ length: 50 }, () => bench.approvals.use(id, ASKER, hash)));
    expect(used.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(new Set(codesOf(used))).toEqual(new Set(["approvals.not_approved"]));
  });

  test("who ask for the same are given the same", async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, () => bench.approvals.request(wishFor("the same"))));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  });
});

describe("an approval", () => {
  const decide = async (what: string, who: Parameters<typeof person>, ballot = APPROVE, more = {}) => {
    const { id } = await bench.approvals.request(wishFor(what, more));
    return bench.approvals.decide(id, person(...who), ballot);
  };

  test("is replayed in vain: one voice each, and what was used is used", async () => {
    const { id, payload_hash: hash } = await bench.approvals.request(
      wishFor("replayed", { approvers: { roles: ["reviewer"], users: [], needed: 2, not_oneself: true } }),
    );
    expect(await bench.approvals.decide(id, person("ada"), APPROVE)).toMatchObject({
      state: "pending",
      took_effect: false,
    });
    await expect(bench.approvals.decide(id, person("ada"), APPROVE)).rejects.toMatchObject({ code: "approvals.voted" });
    const otherKey = person("ada", { id: "another key" });
    await expect(bench.approvals.decide(id, otherKey, APPROVE)).rejects.toMatchObject({ code: "approvals.voted" });
    expect(await bench.approvals.decide(id, person("bob"), APPROVE)).toMatchObject({
      state: "approved",
      took_effect: true,
    });
    await bench.approvals.use(id, ASKER, hash);
    await expect(bench.approvals.use(id, ASKER, hash)).rejects.toMatchObject({ code: "approvals.not_approved" });
    await expect(bench.approvals.decide(id, person("eve"), REFUSE)).rejects.toMatchObject({
      code: "approvals.settled",
    });
  });

  test("holds for what was asked alone: a changed payload needs another", async () => {
    const { id } = await decide("changed", ["ada"]);
    await expect(bench.approvals.use(id, ASKER, "another")).rejects.toMatchObject({
      code: "approvals.payload_changed",
    });
    const again = await bench.approvals.request(wishFor("changed", { payloadHash: "another" }));
    expect(again).toMatchObject({ state: "pending" });
    expect(again.id).not.toBe(id);
  });

  test("is used by who asked for it alone", async () => {
    const { id, payload_hash: hash } = await decide("stolen", ["ada"]);
    await expect(bench.approvals.use(id, person("eve"), hash)).rejects.toMatchObject({ code: "approvals.unknown" });
  });

  test("is not decided by who asked, with another key either, nor by who is no approver, nor from elsewhere", async () => {
    const askedBy = person("ada");
    for (const key of ["key-of-ada", "another key"])
      await expect(decide("own", ["ada", { id: key }], APPROVE, { askedBy })).rejects.toMatchObject({
        code: "approvals.oneself",
      });
    await expect(decide("own", ["eve", { roles: ["member"] }])).rejects.toMatchObject({
      code: "approvals.not_approver",
    });
    await expect(decide("own", ["eve", { organisation: "other" }])).rejects.toMatchObject({
      code: "approvals.unknown",
    });
  });

  test("is refused by one voice of those that it needs", async () => {
    const approvers = { roles: ["reviewer"], users: [], needed: 3, not_oneself: true };
    expect(await decide("vetoed", ["ada"], REFUSE, { approvers })).toMatchObject({ state: "refused" });
  });

  test.each([
    ["a deadline that has passed", { deadlineMs: 1 }, "bad_deadline"],
    ["a deadline in ten years", { deadlineMs: Date.now() + 315_360_000_000 }, "bad_deadline"],
    [
      "an escalation after the deadline",
      { escalateTo: { roles: ["owner"], users: [], after_ms: 1e10 } },
      "bad_deadline",
    ],
    ["too few who may", { approvers: { roles: [], users: ["ada"], needed: 2, not_oneself: true } }, "never_enough"],
  ])("is not asked for with %s", async (_, more, code) => {
    await expect(bench.approvals.request(wishFor("wrong", more))).rejects.toMatchObject({ code: `approvals.${code}` });
  });
});

describe("a delegation", () => {
  const named = { approvers: { roles: [], users: ["ada"], needed: 1, not_oneself: true } };

  test("lets another decide in one's place until its end, and gives no second voice", async () => {
    const until_ms = Date.now() + HOUR_MS;
    const { id: delegation } = await bench.approvals.delegations.create(person("ada"), { to: "bob", until_ms });
    const { id } = await bench.approvals.request(wishFor("delegated", named));
    expect((await bench.approvals.counts(person("bob", { roles: [] }))).mine).toBeGreaterThan(0);
    const decided = await bench.approvals.decide(id, person("bob", { roles: [] }), APPROVE);
    expect(decided.votes).toMatchObject([{ by: { user: "bob" }, on_behalf_of: "user:ada" }]);
    const two = { approvers: { ...named.approvers, users: ["ada", "eve"], needed: 2 } };
    const { id: other } = await bench.approvals.request(wishFor("delegated twice", two));
    await bench.approvals.decide(other, person("bob", { roles: [] }), APPROVE);
    await expect(bench.approvals.decide(other, person("ada"), APPROVE)).rejects.toMatchObject({
      code: "approvals.voted",
    });
    await bench.approvals.delegations.end(person("ada"), delegation);
    const { id: later } = await bench.approvals.request(wishFor("delegated no more", named));
    await expect(bench.approvals.decide(later, person("bob", { roles: [] }), APPROVE)).rejects.toMatchObject({
      code: "approvals.not_approver",
    });
  });

  test("does not let whoever asked decide by way of another", async () => {
    const until_ms = Date.now() + HOUR_MS;
    await bench.approvals.delegations.create(person("ada"), { to: "carl", until_ms });
    const { id } = await bench.approvals.request(wishFor("by way of carl", { ...named, askedBy: person("ada") }));
    await expect(bench.approvals.decide(id, person("carl", { roles: [] }), APPROVE)).rejects.toMatchObject({
      code: "approvals.oneself",
    });
  });

  test.each([
    ["to oneself", { to: "ada", until_ms: Date.now() + 60_000 }, "delegate_oneself"],
    ["that has ended", { to: "bob", until_ms: 1 }, "bad_until"],
    ["for years", { to: "bob", until_ms: Date.now() + 315_360_000_000 }, "bad_until"],
  ])("%s is not made", async (_, input, code) => {
    const made = async () => bench.approvals.delegations.create(person("ada"), input);
    await expect(made()).rejects.toMatchObject({ code: `approvals.${code}` });
  });
});

describe("time", () => {
  test.each([
    ["refuse", "refused"],
    ["allow", "approved"],
  ] as const)("settles what nobody decides: %s", async (onSilence, state) => {
    const { id } = await bench.approvals.request(
      wishFor(`silent ${onSilence}`, { onSilence, deadlineMs: Date.now() + 300 }),
    );
    expect(await bench.approvals.wait(id, 30_000)).toBe(state);
    expect(await bench.approvals.get(id)).toMatchObject({ settled_by: "silence", votes: [] });
    await expect(bench.approvals.decide(id, person("ada"), APPROVE)).rejects.toMatchObject({
      code: "approvals.settled",
    });
  });

  test("raced by decisions comes to one end", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, deadline_ms } = await bench.approvals.request(
        wishFor(`late ${round}`, { deadlineMs: Date.now() + 200 }),
      );
      await until(() => Date.now() >= deadline_ms - 2);
      const decided = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => bench.approvals.decide(id, person(`p${index}`), APPROVE)),
      );
      const effects = decided.filter((each) => each.status === "fulfilled" && each.value.took_effect).length;
      await until(async () => (await bench.approvals.get(id)).state !== "pending");
      const { state, settled_by } = await bench.approvals.get(id);
      expect([effects, state, settled_by]).toEqual(
        effects === 1 ? [1, "approved", "votes"] : [0, "refused", "silence"],
      );
    }
  });

  test("lets others decide by escalation", async () => {
    const named = { roles: [], users: ["nobody"], needed: 1, not_oneself: true };
    const escalateTo = { roles: ["owner"], users: [], after_ms: 100 };
    const { id } = await bench.approvals.request(wishFor("escalated", { approvers: named, escalateTo }));
    await until(async () => (await bench.approvals.get(id)).escalated_at_ms !== null);
    const owner = person("boss", { roles: ["owner"] });
    expect(await bench.approvals.decide(id, owner, APPROVE)).toMatchObject({ state: "approved" });
  });

  test("of waiting ends with the decision of another process, or with its bound", async () => {
    const other = bench.another();
    await other.start();
    const { id } = await bench.approvals.request(wishFor("waited for"));
    expect(await other.wait(id, 10)).toBeUndefined();
    const waited = other.wait(id, 30_000);
    await bench.approvals.decide(id, person("ada"), REFUSE);
    expect(await waited).toBe("refused");
  });
});
