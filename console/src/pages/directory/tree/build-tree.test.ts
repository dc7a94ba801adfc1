// Where things stand in the tree, and how they are found in it.
import { expect, test } from "bun:test";
import type { Entry, Key } from "../../../../../src/governance/contract.ts";
import { buildTree, type DirectoryNode, type DirectoryParts } from "./build-tree.ts";
import { narrowTree, placeOf } from "./find-in-tree.ts";

const entry = (name: string, teams: string[] = []): Entry => ({
  name,
  organisation: "default",
  roles: [],
  teams,
  disabled: false,
  budgets: [],
  limits: [],
  created_at_ms: 1,
  updated_at_ms: 1,
});
const key = (id: string, change: Partial<Key> = {}): Key => ({
  id,
  name: `key ${id}`,
  organisation: "default",
  scopes: ["call"],
  roles: null,
  kind: "key",
  user: null,
  team: null,
  project: null,
  disabled: false,
  budgets: [],
  limits: [],
  models: null,
  allowed_ips: null,
  expires_at_ms: null,
  created_at_ms: 1,
  revoked_at_ms: null,
  parent: null,
  created_by: null,
  last_used_at_ms: null,
  previous_until_ms: null,
  ...change,
});
const parts: DirectoryParts = {
  organisation: { name: "default", entry: undefined },
  teams: [entry("core"), entry("edge")],
  projects: [entry("atlas", ["core", "edge"]), entry("loose"), entry("lost", ["no such team"])],
  users: [entry("ada", ["core"]), entry("eve")],
  keys: [
    key("a", { project: "atlas", user: "ada" }),
    key("b", { user: "ada" }),
    key("c", { team: "core" }),
    key("d", { project: "not in the directory", team: "edge" }),
    key("e"),
    key("f", { project: "atlas", revoked_at_ms: 5 }),
  ],
  budgets: [],
};

const pathsIn = (node: DirectoryNode): string[] => [node.path, ...node.children.flatMap(pathsIn)];

test("teams have their projects, keys and people; keys stand with what they are nearest to; revoked ones are gone", () => {
  const core = "organisation:default/team:core";
  const edge = "organisation:default/team:edge";
  expect(pathsIn(buildTree(parts))).toEqual([
    "organisation:default",
    core,
    `${core}/project:atlas`,
    `${core}/project:atlas/key:a`,
    `${core}/key:c`,
    `${core}/people`,
    `${core}/people/user:ada`,
    `${core}/people/user:ada/key:b`,
    edge,
    `${edge}/project:atlas`,
    `${edge}/project:atlas/key:a`,
    `${edge}/key:d`,
    "organisation:default/project:loose",
    "organisation:default/project:lost",
    "organisation:default/key:e",
    "organisation:default/people",
    "organisation:default/people/user:eve",
  ]);
});

test("what is looked for stays with what it stands below, and what stands below it", () => {
  const found = narrowTree(buildTree(parts), "ADA");
  expect(found === null ? [] : pathsIn(found)).toEqual([
    "organisation:default",
    "organisation:default/team:core",
    "organisation:default/team:core/people",
    "organisation:default/team:core/people/user:ada",
    "organisation:default/team:core/people/user:ada/key:b",
  ]);
  expect(narrowTree(buildTree(parts), "nobody is called so")).toBeNull();
});

test("the first place of a thing is found with all that it stands below", () => {
  const place = placeOf(buildTree(parts), "project:atlas");
  expect(place?.map(({ what }) => what)).toEqual(["organisation:default", "team:core", "project:atlas"]);
});
