import { expect, test } from "bun:test";
import type { Target } from "../../providers/index.ts";
import { checkPlan, type CheckDeps } from "./check-plan.ts";

/** Vendors `acme` and `beta`, the second of which offers `beta/small` alone. */
const providers = {
  resolve: (name: string) => (name.startsWith("acme/") || name === "beta/small" ? ({ id: name } as Target) : undefined),
  vendor: (name: string) =>
    ["acme", "beta"].includes(name) ? ({ name } as ReturnType<CheckDeps["providers"]["vendor"]>) : undefined,
  vendors: () => [{ name: "acme" }, { name: "beta" }] as ReturnType<CheckDeps["providers"]["vendors"]>,
  modelNames: () => ["beta/small"],
};
const check = (plan: unknown) => checkPlan("r", plan, { providers, bytesMax: 1000 });

test("a plan that holds comes back with its defaults filled in", () => {
  expect(check({ targets: ["acme/x", { targets: ["beta/small"] }] })).toEqual({
    strategy: "order",
    affinity: "none",
    targets: ["acme/x", { targets: ["beta/small"] }],
  });
});

test.each([
  [{ targets: ["amce/x"] }, 'targets.0: no vendor "amce" is configured; did you mean "acme"?'],
  [{ targets: ["zzz/x"] }, 'targets.0: no vendor "zzz" is configured; configured: acme, beta'],
  [
    { targets: [{ target: "beta/smal" }] },
    'targets.0.target: "beta/smal" is not offered there; did you mean "beta/small"?',
  ],
  [{ targets: ["acme/x", { targets: ["zzz/x"] }] }, 'targets.1.targets.0: no vendor "zzz"'],
  [{}, "targets: "],
  [{ targets: ["acme/x"], stategy: "order" }, 'unknown key "stategy": did you mean "strategy"?'],
  [{ targets: [`acme/${"x".repeat(1000)}`] }, "(top): it is 1021 bytes long"],
])("what does not hold is told with its place, %#", (plan, words) => {
  expect(() => check(plan)).toThrow(words);
});

test("what looks like a target in a condition is none", () => {
  const when = { user: "zzz/x", header: { target: "zzz/y" } };
  expect(() => check({ targets: [{ when, target: "acme/x" }] })).not.toThrow();
});
