// How people sign in, in words.
import { expect, test } from "bun:test";
import type { Entry } from "../../../../../src/governance/contract.ts";
import type { Person } from "../../../../../src/identity/contract.ts";
import { findPeople, personRowsOf, stateOfPerson, waysOf } from "./person-rows.ts";

const user = (name: string, change: Partial<Entry> = {}): Entry => ({
  name,
  organisation: "default",
  roles: [],
  teams: [],
  disabled: false,
  budgets: [],
  limits: [],
  created_at_ms: 1,
  updated_at_ms: 1,
  ...change,
});
const person = (name: string, change: Partial<Person> = {}): Person => ({
  user: name,
  roles: [],
  has_password: false,
  passkeys: 0,
  accounts: [],
  invited_until_ms: null,
  last_sign_in_at_ms: null,
  ...change,
});

test("the roles of the directory and of sign-in are one list", () => {
  const [row] = personRowsOf(
    [user("ada", { roles: ["reviewer"] })],
    [person("ada", { roles: ["auditor", "reviewer"] })],
  );
  expect(row?.roles).toEqual(["auditor", "reviewer"]);
});

test("says all ways, and whether somebody can sign in at all", () => {
  const accounts = [{ provider: "oidc:corp", subject: "x" }];
  const ada = person("ada", { has_password: true, passkeys: 2, accounts });
  expect(waysOf(ada)).toBe("password, 2 passkeys, oidc:corp");
  const invited = person("bo", { invited_until_ms: 100 });
  const rows = personRowsOf([user("ada"), user("bo"), user("cy"), user("dan", { disabled: true })], [ada, invited]);
  expect(rows.map((row) => stateOfPerson(row, 50).word)).toEqual(["can sign in", "invited", "no sign-in", "disabled"]);
  expect(rows.map((row) => stateOfPerson(row, 150).word)).toEqual([
    "can sign in",
    "invitation over",
    "no sign-in",
    "disabled",
  ]);
  expect(findPeople(rows, "oidc").map(({ name }) => name)).toEqual(["ada"]);
});
