import { expect, test } from "bun:test";
import type { PolicyVersionView } from "../../../../../src/policy/contract.ts";
import { nextSteps } from "./steps.ts";

const version: PolicyVersionView = {
  number: 3,
  state: "review",
  note: "",
  content: "c",
  proposed: { key_id: "ada", key_name: "Ada", at_ms: 0 },
  approved: null,
};
const owner = { twoPersons: false, ownKey: "bob", mayPropose: true, mayChange: true };
const idsOf = ({ steps }: ReturnType<typeof nextSteps>) => steps.map(({ id }) => id);

test("offers nothing for what decides or is over", () => {
  for (const state of ["active", "retired"] as const)
    expect(idsOf(nextSteps({ ...version, state }, owner))).toEqual([]);
});

test("asks for four eyes where the installation does", () => {
  const strict = { ...owner, twoPersons: true };
  expect(idsOf(nextSteps(version, strict))).toEqual(["approve"]);
  const own = nextSteps(version, { ...strict, ownKey: "ada" });
  expect(idsOf(own)).toEqual([]);
  expect(own.why).toStartWith("Four eyes: you proposed it");
  const approved = { key_id: "bob", key_name: "Bob", at_ms: 1 };
  expect(idsOf(nextSteps({ ...version, approved }, { ...strict, ownKey: "ada" }))).toEqual(["activate"]);
});

test("lets one person do it where that is allowed, and says so", () => {
  const own = nextSteps(version, { ...owner, ownKey: "ada" });
  expect(idsOf(own)).toEqual(["activate"]);
  expect(own.why).toBe("Who proposed it cannot approve it.");
  expect(idsOf(nextSteps(version, owner))).toEqual(["approve", "activate"]);
});

test("offers nothing to those who may not", () => {
  const reader = { ...owner, mayPropose: false, mayChange: false };
  expect(idsOf(nextSteps(version, reader))).toEqual([]);
  expect(idsOf(nextSteps({ ...version, state: "draft" }, reader))).toEqual([]);
  expect(idsOf(nextSteps({ ...version, state: "draft" }, owner))).toEqual(["submit"]);
});
