// What is asked of policies for a call, and no more than they look at.
import { describe, expect, test } from "bun:test";
import type { Decision, Mentions, Question } from "../../policy/index.ts";
import { plainKey, type Principal } from "../principal.ts";
import { type AskedPolicies, createAuthority, type Candidate } from "./authority.ts";
import { createSubjects } from "./subject.ts";

const principal: Principal = {
  ...plainKey(["call"]),
  keyId: "k1",
  keyName: "k",
  scopes: ["call"],
  user: null,
  team: "core",
  project: null,
};

/** Policies that look at this, and forbid what is told. */
function authorityOver(looks: { resource?: string[]; context?: string[] } = {}, forbids = (_: Question) => false) {
  const asked: Question[] = [];
  const mentions: Mentions = { subject: new Set(), resource: new Set(looks.resource), context: new Set(looks.context) };
  const policies: AskedPolicies = {
    looksAt: () => mentions,
    decide(question) {
      asked.push(question);
      const allowed = !forbids(question);
      const decision: Decision = { allowed, policies: ["p"], why: "so it is", obligations: ["mask:pii"], version: "1" };
      return decision;
    },
  };
  return { asked, authority: createAuthority(policies, createSubjects()) };
}

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  id: "v/m",
  vendor: "v",
  model: "m",
  region: () => "eu",
  price: () => ({ input: 100, output: null }),
  costUsdMicros: () => 123_456,
  ...more,
});

/** Demanded by the policies here, and kept. */
const KEPT = ["mask:pii"];

const notAsked = () => {
  throw new Error("nobody asks for this");
};

describe("a call", () => {
  test("carries on what the policies that allowed it demand", () => {
    expect(authorityOver().authority.requireCall(principal, "fast").obligations).toEqual(["mask:pii"]);
  });

  test("is refused by its policy, or for want of the scope where no policy allows it", () => {
    const { authority } = authorityOver({}, ({ action }) => action === "use_model");
    expect(() => authority.requireCall(principal, "fast")).toThrow("may not use the model fast: so it is (policy p)");
    const nobody = createAuthority(
      {
        looksAt: () => ({ subject: new Set(), resource: new Set(), context: new Set() }),
        decide: () => ({ allowed: false, policies: [], why: "no policy allows it", obligations: [], version: "1" }),
      },
      createSubjects(),
    );
    expect(() => nobody.requireCall({ ...principal, scopes: ["read"] }, "fast")).toThrow('the scope "call"');
    expect(() => nobody.requireCall(principal, "fast")).toThrow("no policy allows it");
  });

  test("tells of its headers what policies look at, and of long ones the beginning", () => {
    const { authority, asked } = authorityOver({ context: ["purpose"] });
    const read: string[] = [];
    authority.requireCall(principal, "fast", (name) => {
      read.push(name);
      return "x".repeat(1000);
    });
    expect(new Set(read)).toEqual(new Set(["x-binnacle-purpose"]));
    expect(asked[0]?.context).toEqual({ purpose: "x".repeat(200) });
    const { authority: incurious } = authorityOver();
    expect(() => incurious.requireCall(principal, "fast", notAsked)).not.toThrow();
  });
});

describe("targets", () => {
  test("are all alike where no policy tells them apart: one question, and nothing is worked out", () => {
    const { authority, asked } = authorityOver();
    expect(authority.placement(principal, undefined, KEPT)).toBeUndefined();
    expect(asked).toHaveLength(1);
    const { authority: closed } = authorityOver({}, () => true);
    expect(closed.placement(principal)?.(candidate())).toEqual({ policy: "p", why: "so it is" });
  });

  test("are told apart by what policies look at, and the cost is rounded up", () => {
    const { authority, asked } = authorityOver({
      resource: ["region", "input_usd_micros"],
      context: ["cost_usd_micros"],
    });
    authority.placement(principal)?.(candidate());
    expect(asked[0]).toMatchObject({
      action: "use_target",
      resource: { id: "v/m", attributes: { vendor: "v", model: "m", region: "eu", input_usd_micros: 100 } },
      context: { cost_usd_micros: 130_000 },
    });
    const { authority: some } = authorityOver({ resource: ["vendor"] });
    const dear = candidate({ region: notAsked, price: notAsked, costUsdMicros: notAsked });
    expect(some.placement(principal, undefined, KEPT)?.(dear)).toBeUndefined();
  });

  test.each([
    [7, 7],
    [99, 99],
    [101, 110],
    [1000, 1000],
    [1001, 1100],
    [123_456, 130_000],
  ])("a cost of %d is %d", (is, told) => {
    const { authority, asked } = authorityOver({ context: ["cost_usd_micros"] });
    authority.placement(principal)?.(candidate({ costUsdMicros: () => is }));
    expect(asked[0]?.context).toEqual({ cost_usd_micros: told });
  });
});

test("who acts for somebody is asked for with them, and the same principal is always the same subject", () => {
  const subjectOf = createSubjects();
  const agent: Principal = { ...principal, kind: "agent", onBehalfOf: principal };
  expect(subjectOf(agent)).toBe(subjectOf(agent));
  expect(subjectOf(agent).onBehalfOf).toBe(subjectOf(principal));
});

describe("what is demanded", () => {
  test("for a target must hold for the call already, or it is passed over", () => {
    for (const looks of [{}, { resource: ["vendor"] }]) {
      const { authority } = authorityOver(looks);
      expect(authority.placement(principal, undefined, ["mask:pii"])?.(candidate())).toBeUndefined();
      expect(authority.placement(principal)?.(candidate())?.why).toContain("allowed under mask:pii, which no policy");
    }
  });

  test("for a tool is told with it", () => {
    for (const looks of [{}, { resource: ["id"] }])
      expect(authorityOver(looks).authority.tools(principal)?.("shell")).toEqual({ obligations: ["mask:pii"] });
  });
});
