// A conversation stays where its cache is warm: with its target and credential, for its caller, for a while.
import { describe, expect, test } from "bun:test";
import type { PlannedCall } from "./facts/request-facts.ts";
import { callerOf, chatOf, headersOf, idsOf, plannerFor } from "./routing.fixture.ts";

const route = { strategy: "round_robin", targets: ["a/x", "b/x", "c/x"], affinity: "session" };
const asked = (said: Parameters<typeof callerOf>[0], text = "hello") => chatOf(text, callerOf(said));

function converse(planner: ReturnType<typeof plannerFor>, call: PlannedCall): string {
  const plan = planner.plan("r", call);
  const target = idsOf(plan)[0] ?? "";
  planner.answered(plan, { target });
  return target;
}

describe("a conversation", () => {
  test("stays with who answered it, over any number of others", () => {
    const planner = plannerFor(route);
    const firsts = Array.from({ length: 30 }, (_, index) => converse(planner, asked({ session: `s${index}` })));
    for (let turn = 0; turn < 3; turn += 1)
      for (const [index, first] of firsts.entries())
        expect(converse(planner, asked({ session: `s${index}` }))).toBe(first);
    expect(new Set(firsts).size).toBe(3);
  });

  test("takes its credential along", () => {
    const planner = plannerFor(route);
    planner.answered(planner.plan("r", asked({ session: "s" })), { target: "b/x", credential: "env:TWO" });
    const [first, second] = planner.plan("r", asked({ session: "s" })).attempts;
    expect(first).toMatchObject({ target: { id: "b/x" }, credential: "env:TWO" });
    expect(first?.reason).toBe("first: it answered this conversation last, and its cache is warm");
    expect(second?.credential).toBeUndefined();
  });

  test("moves when its target fails, and stays where it moved to", () => {
    const planner = plannerFor(route);
    expect(converse(planner, asked({ session: "s" }))).toBe("a/x");
    planner.answered(planner.plan("r", asked({ session: "s" })), { target: "c/x" });
    expect(converse(planner, asked({ session: "s" }))).toBe("c/x");
  });

  test("leaves a target that rests", () => {
    const states: Record<string, object> = {};
    const planner = plannerFor(route, { states });
    expect(converse(planner, asked({ session: "s" }))).toBe("a/x");
    states["a/x"] = { breaker: "open" };
    expect(converse(planner, asked({ session: "s" }))).not.toBe("a/x");
  });

  test("comes back after a turn that its target cannot serve", () => {
    const lacks: Record<string, string> = {};
    const planner = plannerFor(route, { lacks });
    expect(converse(planner, asked({ session: "s" }))).toBe("a/x");
    lacks["a/x"] = "takes no pictures";
    expect(converse(planner, asked({ session: "s" }))).not.toBe("a/x");
    delete lacks["a/x"];
    expect(converse(planner, asked({ session: "s" }))).toBe("a/x");
  });

  test("is the caller's own: the same word of another key begins another", () => {
    const planner = plannerFor(route);
    const firsts = ["k", "l", "m"].map((key) => converse(planner, asked({ key, session: "s" })));
    expect(firsts).toEqual(["a/x", "b/x", "c/x"]);
  });

  test("begins anew when it was silent for too long, or when there are too many", () => {
    let nowMs = 0;
    const config = { routing: { session_ttl: "1h", sessions_max: 2 } };
    const planner = plannerFor(route, { monotonicMs: () => nowMs, config });
    expect(converse(planner, asked({ session: "s" }))).toBe("a/x");
    nowMs += 3_599_000;
    expect(converse(planner, asked({ session: "s" }))).toBe("a/x");
    nowMs += 3_600_000;
    expect(converse(planner, asked({ session: "s" }))).not.toBe("a/x");
    for (const session of ["t", "u"]) converse(planner, asked({ session }));
    expect(planner.plan("r", asked({ session: "s" })).conversation?.pin).toBeUndefined();
  });

  test("does not go to a simpler model again, and goes to an abler one", () => {
    const tiers = {
      strategy: "complexity",
      affinity: "session",
      targets: [{ target: "small/x", up_to: 0.2 }, "large/x"],
    };
    const planner = plannerFor(tiers);
    const hard = "Prove step by step why this algorithm is optimal, and analyse its complexity. 2 + 2 = 4";
    expect(converse(planner, asked({ session: "s" }))).toBe("small/x");
    expect(converse(planner, asked({ session: "s" }, hard))).toBe("large/x");
    expect(converse(planner, asked({ session: "s" }))).toBe("large/x");
  });
});

describe("which conversation it is", () => {
  const same = (one: PlannedCall, other: PlannedCall): boolean => {
    const keys = [one, other].map((call) => plannerFor(route).plan("r", call).conversation?.key);
    return keys[0] !== undefined && keys[0] === keys[1];
  };

  test("is told by a coding tool's header", () => {
    const from = (id: string, text: string) => ({ ...chatOf(text), ...headersOf({ "x-claude-code-session-id": id }) });
    expect(same(from("1", "one"), from("1", "two"))).toBe(true);
    expect(same(from("1", "one"), from("2", "one"))).toBe(false);
  });

  test("is told by the request's key for the vendor's cache", () => {
    const keyed = (key: string, text: string) => chatOf(text, { body: { prompt_cache_key: key } });
    expect(same(keyed("1", "one"), keyed("1", "two"))).toBe(true);
    expect(same(keyed("1", "one"), keyed("2", "one"))).toBe(false);
  });

  test("is told by how it begins", () => {
    const turns = (...texts: string[]) => ({
      body: { messages: texts.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content })) },
    });
    expect(same(chatOf("", turns("hi")), chatOf("", turns("hi", "hello", "and now?")))).toBe(true);
    expect(same(chatOf("", turns("hi")), chatOf("", turns("ho", "hello", "and now?")))).toBe(false);
  });

  test("is not told by what is no chat, and such a call is planned like any other", () => {
    expect(plannerFor(route).plan("r", {}).conversation).toBeUndefined();
  });
});
