// What is kept is right: whatever the policies, a decider that keeps answers says what Cedar says when it is asked each time.
import { beforeAll, describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import type { Question, RoleName, Subject } from "../contract.ts";
import { policyConfigSchema } from "../config.ts";
import { createActive } from "./active.ts";
import { type Cedar, loadCedar } from "./cedar.ts";

let cedar: Cedar;
beforeAll(async () => void (cedar = await loadCedar()));

// A Wednesday, 10:00 UTC.
const activeOf = (nowMs = () => 1_795_600_800_000, more: object = {}) =>
  createActive(policyConfigSchema.parse(more), { cedar: () => cedar, nowMs });

const compile = (text: string, more?: object) => activeOf(undefined, more).compile([{ name: "own.cedar", text }]);

const subject = fc.record({
  kind: fc.constantFrom("key" as const, "person" as const, "agent" as const),
  id: fc.constantFrom("a", "b"),
  roles: fc.uniqueArray(fc.constantFrom<RoleName>("member", "developer", "child"), { maxLength: 2 }),
  organisation: fc.constantFrom("default", "acme"),
  team: fc.constantFrom(null, "core", "sales"),
  project: fc.constantFrom(null, "x"),
  user: fc.constantFrom(null, "ada"),
});

const question: fc.Arbitrary<Question> = fc
  .tuple(
    subject,
    fc.option(subject, { nil: undefined }),
    fc.constantFrom("use_target", "use_tool", "read_records"),
    fc.record(
      {
        vendor: fc.constantFrom("openai", "sim"),
        model: fc.constantFrom("big", "small"),
        region: fc.constantFrom("eu", "us"),
        input_usd_micros: fc.constantFrom(1, 5_000_000),
        user: fc.constantFrom("ada", "bob"),
      },
      { requiredKeys: ["vendor", "model"] },
    ),
    fc.record(
      {
        data_class: fc.constantFrom("secret", "open"),
        cost_usd_micros: fc.constantFrom(10, 2_000),
        hour: fc.constantFrom(3, 15),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([own, actedFor, action, attributes, context]) => ({
    subject: actedFor ? { ...own, onBehalfOf: actedFor } : own,
    action,
    resource: {
      type: { use_target: "target", use_tool: "tool", read_records: "record" }[action] ?? "",
      id: attributes.model,
      organisation: own.organisation,
      attributes,
    },
    context,
  }));

/** Each valid for what it names; together they look at everything there is. */
const POLICIES = [
  `forbid (principal, action == Action::"use_target", resource) when { resource.vendor == "openai" };`,
  `forbid (principal in Team::"core", action == Action::"use_target", resource) unless { resource has region && resource.region == "eu" };`,
  `permit (principal, action == Action::"use_tool", resource == Tool::"big");`,
  `forbid (principal == Key::"a", action in Action::"serving", resource);`,
  `permit (principal is Agent, action in [Action::"use_target", Action::"read_records"], resource);`,
  `forbid (principal, action == Action::"use_target", resource) when { context has cost_usd_micros && context.cost_usd_micros > 1000 };`,
  `forbid (principal, action, resource) when { context.hour < 6 };`,
  `forbid (principal, action == Action::"use_target", resource) when { context has data_class && context.data_class == "secret" && !(principal in [Role::"developer", Role::"child"]) };`,
  `permit (principal, action == Action::"read_records", resource is Record) when { resource has user && principal has user && resource.user == principal.user };`,
  `forbid (principal, action == Action::"use_target", resource) when { resource has input_usd_micros && resource.input_usd_micros > 1000000 };`,
  `permit (principal, action == Action::"read_records", resource in Organisation::"acme") when { principal in User::"ada" || principal in Organisation::"acme" };`,
  `forbid (principal, action == Action::"use_tool", resource) when { principal.roles.contains("member") && resource == Tool::"small" };`,
];

const evaluateAll = (engine: ReturnType<typeof compile>["engine"], asked: Question): boolean => {
  const context = { hour: 10, weekday: 3, ...asked.context };
  let acting: Subject | undefined = asked.subject;
  while (acting) {
    if (!engine.evaluate({ ...asked, subject: acting, context }).allowed) return false;
    acting = acting.onBehalfOf;
  }
  return true;
};

test("answers that are kept are those that Cedar gives, whatever the policies look at", () => {
  let allowed = 0;
  fc.assert(
    fc.property(
      fc.subarray(POLICIES, { minLength: 1 }),
      fc.array(question, { minLength: 20, maxLength: 40 }),
      (texts, asked) => {
        const { engine, decider } = compile(texts.join("\n"));
        for (const each of asked) {
          const is = evaluateAll(engine, each);
          if (is) allowed += 1;
          expect([each, decider.decide(each).allowed]).toEqual([each, is]);
        }
        engine.release();
      },
    ),
    { numRuns: 25, seed: 4 },
  );
  expect(allowed).toBeGreaterThan(50);
});

describe("decisions that are kept", () => {
  const ask = (more: Partial<Question> & { by?: Partial<Subject> } = {}): Question => {
    const { by, ...rest } = more;
    const roles: RoleName[] = ["member"];
    const own = {
      kind: "key" as const,
      id: "k",
      roles,
      organisation: "default",
      team: null,
      project: null,
      user: null,
    };
    const resource = { type: "target", id: "v/m", organisation: "default", attributes: { vendor: "v", model: "m" } };
    return { subject: { ...own, ...by }, action: "use_target", resource, ...rest };
  };

  test("are one for all keys of a role and all targets, where no policy tells them apart", () => {
    const { decider } = compile("");
    for (let index = 0; index < 50; index += 1) {
      const resource = { ...ask().resource, id: `v/${index}` };
      decider.decide(ask({ by: { id: `key ${index}` }, resource }));
    }
    expect(decider.counts().evaluated).toBe(1);
  });

  test("are no more than the bound, and right beyond it", () => {
    const { decider } = compile(`forbid (principal == Key::"13", action, resource);`, { decisions_max: 10 });
    const answers = Array.from(
      { length: 40 },
      (_, index) => decider.decide(ask({ by: { id: String(index) } })).allowed,
    );
    expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => index !== 13));
    expect(decider.counts().kept).toBeLessThanOrEqual(12);
  });

  test("change with the hour, where a policy looks at it", () => {
    let nowMs = Date.UTC(2026, 10, 21, 5, 59);
    const active = activeOf(() => nowMs);
    const text = `@id("night") forbid (principal, action, resource) when { context.hour < 6 || context.weekday > 6 };`;
    const { decider } = active.compile([{ name: "own.cedar", text }]);
    const question = ask();
    expect(decider.decide(question).policies).toEqual(["night"]);
    nowMs += 60_000;
    expect(decider.decide(question).allowed).toBe(true);
    nowMs += 86_400_000;
    expect(decider.decide(question).policies).toEqual(["night"]);
  });

  test("are a no where a policy fails, though another allows it", () => {
    const { decider } = compile(`@id("dear") forbid (principal, action == Action::"use_target", resource)
      when { resource.vendor == "openai" };`);
    const resource = { ...ask().resource, attributes: { model: "m" } };
    expect(decider.decide(ask({ resource }))).toMatchObject({ allowed: false, policies: ["dear"] });
  });

  test("are a no where too many act for each other", () => {
    const { decider } = compile("", { subjects_acted_for_max: 2 });
    const inRow = (count: number): Subject =>
      count === 0 ? ask().subject : { ...ask().subject, id: String(count), onBehalfOf: inRow(count - 1) };
    expect(decider.decide(ask({ by: inRow(2) })).allowed).toBe(true);
    expect(decider.decide(ask({ by: inRow(3) })).why).toBe("too many act for each other");
  });
});
