// Roles hold what a plain table says; organisations are apart; nobody has more than who they act for.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createWorld } from "../kernel/index.ts";
import { policyConfigSchema } from "./config.ts";
import type { Question, RoleName, Subject } from "./contract.ts";
import { createPolicies } from "./policies.ts";

const policies = createPolicies(policyConfigSchema.parse({}), { world: createWorld() });
beforeAll(policies.start);
afterAll(policies.close);

const subject = (roles: RoleName[], more: Partial<Subject> = {}): Subject => ({
  kind: "key",
  id: "key_1",
  roles,
  organisation: "default",
  team: null,
  project: null,
  user: null,
  ...more,
});

const onModel = (asks: Subject, action = "call"): Question => ({
  subject: asks,
  action,
  resource: { type: "model", id: "openai/gpt-5", organisation: asks.organisation },
});

describe("decisions", () => {
  test("name the policy that allowed, and say why", () => {
    expect(policies.decide(onModel(subject(["member"])))).toMatchObject({
      allowed: true,
      policies: ["role.member"],
      why: "members may call models, use tools, run agents and use memory",
    });
  });

  test("are a no where no policy allows it, and where the action is unknown", () => {
    expect(policies.decide(onModel(subject([])))).toMatchObject({
      allowed: false,
      policies: [],
      why: "no policy allows it",
    });
    expect(policies.decide(onModel(subject(["owner"]), "fly")).why).toBe("there is no action fly");
  });

  test("are a no before the policies are loaded", () => {
    const fresh = createPolicies(policyConfigSchema.parse({}), { world: createWorld() });
    expect(fresh.decide(onModel(subject(["owner"]))).allowed).toBe(false);
  });

  test("never go beyond who somebody acts for", () => {
    const agent = subject(["owner"], { kind: "agent", id: "agent_1", onBehalfOf: subject(["auditor"]) });
    expect(policies.decide(onModel(agent))).toMatchObject({ allowed: false });
    const allowed = subject(["owner"], { kind: "agent", onBehalfOf: subject(["member"]) });
    expect(policies.decide(onModel(allowed))).toMatchObject({
      allowed: true,
      policies: ["role.owner", "role.member"],
    });
  });

  test("carry the obligations of the policies behind them", () => {
    expect(policies.decide(onModel(subject(["child"]))).obligations).toEqual(["guardrails:child_safe"]);
  });

  test("are kept: a second such question is answered by the same object", () => {
    const asks = subject(["member"]);
    expect(policies.decide(onModel(asks))).toBe(policies.decide(onModel(asks)));
    expect(policies.decide(onModel(subject(["member"], { id: "key_2" })))).toBe(policies.decide(onModel(asks)));
  });

  test("keep organisations apart, from every role of theirs", () => {
    const foreign = subject(["owner", "admin"], { organisation: "acme" });
    const question = { ...onModel(foreign), resource: { type: "model", id: "m", organisation: "default" } };
    expect(policies.decide(question)).toMatchObject({ allowed: false, policies: ["builtin.organisations"] });
  });
});
