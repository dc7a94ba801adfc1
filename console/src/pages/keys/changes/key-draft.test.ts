// A key as it is typed, and what is sent of it.
import { expect, test } from "bun:test";
import { createKeySchema, type Key } from "../../../../../src/governance/contract.ts";
import { blankKeyFor, draftOfKey, settingsFrom } from "./key-draft.ts";

const made = (wish: object): Key => ({
  ...createKeySchema.parse({ name: "bot", ...wish }),
  id: "k1",
  organisation: "default",
  created_at_ms: 1,
  revoked_at_ms: null,
  created_by: null,
  last_used_at_ms: null,
  previous_until_ms: null,
});

test("a new key is for whom the address says, and may call", () => {
  expect(settingsFrom({ ...blankKeyFor("project:a:b"), name: " bot " }, null)).toMatchObject({
    name: "bot",
    project: "a:b",
    user: null,
    team: null,
    roles: ["member"],
    models: null,
    expires_at_ms: null,
  });
  expect(settingsFrom(blankKeyFor("key"), null)).toMatchObject({ project: null, user: null, team: null });
});

test("a key that is not changed stays as it was, with all that it names", () => {
  const wishes = [
    { scopes: ["call", "read"], user: "ada", project: "atlas", team: "core", allowed_ips: ["10.0.0.0/8"] },
    { roles: ["operator", "reviewer"], kind: "service", models: ["sim/*"], expires_at_ms: 99, disabled: true },
  ];
  for (const wish of wishes) {
    const key = made(wish);
    expect(key).toMatchObject(settingsFrom(draftOfKey(key), key));
  }
});

test("a key that is given to another kind of owner keeps nothing of the one before", () => {
  const key = made({ user: "ada", project: "atlas" });
  const draft = { ...draftOfKey(key), ownerKind: "team" as const, owner: "core" };
  expect(settingsFrom(draft, key)).toMatchObject({ team: "core", user: null, project: null });
});
