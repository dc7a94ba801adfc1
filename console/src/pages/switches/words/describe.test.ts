import { expect, test } from "bun:test";
import { switchKinds } from "../../../../../src/governance/contract.ts";
import { consequenceOf, describeTarget, endOf, wordToType } from "./describe.ts";

test("names what is switched off", () => {
  expect(describeTarget({ kind: "installation", name: "*" })).toBe("everything");
  expect(describeTarget({ kind: "vendor", name: "openai" })).toBe("the vendor openai");
  expect(describeTarget({ kind: "model", name: "openai/*" })).toBe("every model named openai/*");
  expect(describeTarget({ kind: "agent", name: "*" })).toBe("every agent");
});

test("says of every kind what will be so", () => {
  for (const kind of switchKinds) {
    const [first, ...rest] = consequenceOf({ kind, name: "crawler" });
    expect(first).toContain("is refused from now on");
    expect(rest.at(-1)).toContain("within a second");
  }
  expect(consequenceOf({ kind: "installation", name: "*" })[0]).toStartWith("Every call of everybody is refused");
});

test("has everything typed as such, and all else by its name", () => {
  expect([wordToType({ kind: "installation", name: "*" }), wordToType({ kind: "key", name: "ci" })]).toEqual([
    "everything",
    "ci",
  ]);
});

test("tells a switch that was lifted from one whose time ran out", () => {
  const off = {
    id: "1",
    kind: "key" as const,
    name: "ci",
    reason: "r",
    thrown_at_ms: 0,
    thrown_by: { kind: "key", id: "k", name: "n" },
    ends_at_ms: null,
    lifted_at_ms: null,
    lifted_by: null,
  };
  expect(endOf(off, 10)).toBe("holds");
  expect(endOf({ ...off, ends_at_ms: 5 }, 10)).toBe("ended");
  expect(endOf({ ...off, lifted_at_ms: 3, ends_at_ms: 5 }, 10)).toBe("lifted");
});
