import { expect, test } from "bun:test";
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { consequenceOf, describeApprovers, verdictOf } from "./describe.ts";

const person = { kind: "key", id: "k1", name: "ledger-bot", user: null };
const approval: Approval = {
  id: "1",
  state: "pending",
  what: "Refund",
  why: "",
  action: "refund",
  resource: { type: "customer", id: "7" },
  organisation: "default",
  asked_by: person,
  approvers: { roles: ["reviewer"], users: [], needed: 2, not_oneself: true },
  escalate_to: null,
  escalated_at_ms: null,
  on_silence: "refuse",
  payload_hash: "ab",
  created_at_ms: 0,
  deadline_ms: 1,
  settled_at_ms: null,
  settled_by: null,
  used_at_ms: null,
  votes: [],
};

test("names who may decide", () => {
  expect(describeApprovers({ roles: ["owner", "admin", "reviewer"], users: ["ada"], needed: 1 })).toBe(
    "the roles owner, admin or reviewer, or ada",
  );
  expect(describeApprovers({ roles: ["owner"], users: [], needed: 2 })).toBe("2 of the role owner");
  expect(describeApprovers({ roles: [], users: [], needed: 1 })).toBe("nobody");
});

test("says how many voices are still missing, and what a last one does", () => {
  expect(consequenceOf(approval, "approve")).toContain("1 more is needed");
  const vote = { by: person, on_behalf_of: null, decision: "approve" as const, note: "", via: "api", at_ms: 0 };
  expect(consequenceOf({ ...approval, votes: [vote] }, "approve")).toContain("may then do this, once");
  expect(consequenceOf(approval, "refuse")).toContain("One voice against it settles it");
});

test("tells apart what was refused by somebody and by silence", () => {
  expect(verdictOf({ state: "refused", settled_by: "votes" })).toEqual({ tone: "fail", word: "refused" });
  expect(verdictOf({ state: "refused", settled_by: "silence" }).word).toBe("nobody decided: refused");
  expect(verdictOf({ state: "used", settled_by: "votes" }).word).toBe("approved, and done");
});
