import { expect, test } from "bun:test";
import { explainError } from "./explain-error.ts";

test("passes on the server's own words, wherever they stand", () => {
  const fromApi = { status: 503, code: "storage.unavailable", message: "Away.", data: { fix: "Wait." } };
  expect(explainError(fromApi)).toEqual({
    kind: "refused",
    code: "storage.unavailable",
    message: "Away.",
    fix: "Wait.",
  });
  const body = { code: "governance.key_invalid", message: "Not valid.", fix: "Check it." };
  expect(explainError({ status: 401, message: "Unauthorized", data: { body } })).toEqual({
    kind: "signed_out",
    ...body,
  });
});

test("takes no answer, and a proxy's answer for it, for a server that is away", () => {
  expect(explainError(new TypeError("Failed to fetch")).kind).toBe("away");
  expect(explainError({ status: 502, message: "Bad Gateway" }).kind).toBe("away");
});

test("always has a message and a fix", () => {
  for (const thrown of [undefined, null, "x", {}, { status: 500 }, { status: 404, message: "" }]) {
    const problem = explainError(thrown);
    expect(problem.message).not.toBe("");
    expect(problem.fix).not.toBe("");
  }
});

test("says at which fields something is wrong, where the contract found it", () => {
  const issues = [
    { path: ["budgets", 0, "usd"], message: "Too small: expected number to be >=0" },
    { path: [], message: "Say something." },
  ];
  const problem = explainError({ status: 400, message: "Input validation failed", data: { issues } });
  expect(problem.fields).toEqual({
    "budgets.0.usd": "Too small: expected number to be >=0.",
    "": "Say something.",
  });
  expect(problem.fix).toBe("`budgets.0.usd`: Too small: expected number to be >=0. Say something.");
});
