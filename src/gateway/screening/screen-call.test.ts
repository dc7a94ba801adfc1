import { expect, test } from "bun:test";
import { plainKey } from "../../governance/index.ts";
import { createGuardrails, guardrailsConfigSchema } from "../../guardrails/index.ts";
import { refuseUnseen } from "./screen-call.ts";

const principal = { ...plainKey([]), keyId: "k", keyName: "n", scopes: [], user: null, team: null, project: null };

const guardrailsThat = (mode: string, more: object = {}) =>
  createGuardrails(
    guardrailsConfigSchema.parse({ policies: { p: { checks: [{ kinds: ["email"], mode }], ...more } } }),
    {
      world: { fetch: () => Promise.reject(new Error("nobody")), random: () => 0, nowMs: () => 0 },
      secret: (ref) => ref,
    },
  );

test("a connection that nobody can look at is refused where a policy would hold something back", () => {
  const opening = (guardrails?: ReturnType<typeof guardrailsThat>) => () =>
    refuseUnseen(guardrails, { principal, model: "v/realtime", header: () => "health" }, { obligations: [] });
  expect(opening(guardrailsThat("mask"))).toThrow("cannot be looked at by the guardrails of this call (p)");
  expect(opening(guardrailsThat("mask", { applies_to: { data_classes: ["health"] } }))).toThrow();
  expect(opening(guardrailsThat("mask", { applies_to: { data_classes: ["other"] } }))).not.toThrow();
  expect(opening(guardrailsThat("mask", { unreadable: "pass" }))).not.toThrow();
  expect(opening(guardrailsThat("observe"))).not.toThrow();
  expect(opening()).not.toThrow();
});

test("a policy that looks for what nobody finds is no policy, and says what there is", () => {
  expect(() =>
    guardrailsConfigSchema.parse({ policies: { p: { checks: [{ kinds: ["emial"], mode: "mask" }] } } }),
  ).toThrow("did you mean email");
});
