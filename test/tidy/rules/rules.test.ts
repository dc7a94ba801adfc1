// Every rule is shown a house that breaks it, and one that just does not.
import { describe, expect, test } from "bun:test";
import { houseOf } from "../house.ts";
import { rules } from "./index.ts";

type Files = Record<string, string>;

/** What a rule has to say about a house of these files, as `path: message`. */
function complaints(name: string, files: Files): string[] {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule.check(houseOf(files)).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const lines = (count: number): string => "// a line\n".repeat(count);
const functionOf = (count: number): string => `function long() {\n${"  call();\n".repeat(count - 2)}}\n`;
const room = (name: string): Files => ({ [`src/${name}/index.ts`]: "" });
const house = { ...room("kernel"), ...room("ledger"), ...room("providers"), ...room("gateway") };

/** Rule, files that break it, and a piece of what it must say. */
const broken: [string, Files, string][] = [
  [
    "imports",
    { "src/ledger/a.ts": 'import { x } from "../gateway/index.ts";' },
    "an upward import: ledger is on floor 2",
  ],
  ["imports", { "src/ledger/a.ts": 'import type { X } from "../app.ts";' }, "above every room"],
  ["imports", { "src/ledger/a.ts": 'export * from "../providers/index.ts";' }, "a sideways import"],
  ["imports", { "src/ledger/a.ts": 'const x = await import("../providers/index.ts");' }, "a sideways import"],
  ["imports", { "src/gateway/a.ts": 'import { x } from "../ledger/store.ts";' }, "past the front door"],
  ["imports", { "src/app.ts": 'import { x } from "./ledger/store.ts";' }, "past the front door"],
  ["imports", { "src/cellar/a.ts": 'import { x } from "../kernel/index.ts";' }, "a room without a floor"],
  ["imports", { "src/ledger/a.ts": 'import { x } from "../../tools/x.ts";' }, "nothing outside itself"],
  ["imports", { "src/ledger/a.ts": 'import { x } from "./b";' }, "extension"],
  ["imports", { "src/ledger/a.ts": 'import { x } from "left-pad";' }, "left-pad is not in package.json"],
  ["imports", { "src/ledger/a.ts": 'import { x } from "vite";' }, "development dependency"],
  ["imports", { "src/kernel/a.ts": 'import { readFile } from "node:fs";' }, "does no I/O"],
  [
    "imports",
    { "console/src/a.tsx": 'import { x } from "../../src/ledger/index.ts";' },
    "only contracts and the client",
  ],
  ["imports", { "client/index.ts": 'import { x } from "../src/app.ts";' }, "only contracts and the client"],
  ["contracts", { "src/ledger/contract.ts": 'import { x } from "kysely";' }, "imports kysely"],
  ["contracts", { "src/ledger/contract.ts": 'import { x } from "./store.ts";' }, "imports ./store.ts"],
  [
    "cycles",
    { "src/a.ts": 'import "./b.ts";', "src/b.ts": 'import "./c.ts";', "src/c.ts": 'import "./a.ts";' },
    "src/a.ts → src/b.ts → src/c.ts → src/a.ts",
  ],
  ["rooms", { ...house, "src/cellar/index.ts": "" }, "src/cellar:0 has no floor"],
  ["rooms", { ...house, "src/gateway/index.ts": "", "src/memory/index.ts": "" }, "out of date about memory"],
  [
    "rooms",
    { ...room("kernel"), ...room("ledger"), ...room("providers"), "src/gateway/gateway.ts": "" },
    "src/gateway:0 has no index.ts",
  ],
  ["rooms", { ...room("kernel"), ...room("ledger"), ...room("gateway") }, "out of date about providers"],
  [
    "folders",
    Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`src/ledger/f${n}.ts`, ""])),
    "src/ledger:0 holds 13",
  ],
  ["file-size-limit", { "src/a.ts": lines(601) }, "has 601 lines, more than 600"],
  ["file-size", { "src/a.ts": lines(401) }, "has 401 lines, more than 400"],
  ["typical-size", { "src/a.ts": lines(100) }, "the median file has 100 lines"],
  [
    "typical-size",
    { ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`src/f${n}.ts`, ""])), "src/a.ts": lines(300) },
    "90th percentile 300",
  ],
  ["function-size", { "src/a.ts": functionOf(71) }, "src/a.ts:1 long() has 71 lines"],
  ["function-size", { "src/a.ts": `describe("x", () => {\n${functionOf(71)}});` }, "src/a.ts:2 long() has 71 lines"],
  ["names", { "src/ledger/utils.ts": "" }, '"utils" says nothing'],
  ["names", { "src/shared/a.ts": "" }, '"shared" says nothing'],
  ["names", { "console/src/CallList.tsx": "" }, '"CallList" is not kebab-case'],
  ["headers", { "src/a.ts": "export const x = 1;\n" }, "starts without a word"],
  ["headers", { "src/a.ts": `${lines(6)}export const x = 1;\n` }, "starts with 6 lines"],
  ["test-titles", { "src/a.test.ts": 'test("works", () => {});' }, '"works" is not a sentence'],
  ["process", { "src/ledger/a.ts": 'const home = process.env["HOME"];' }, "uses process.env"],
  ["process", { "src/app.ts": "process.exit(1);" }, "uses process.exit"],
  ["process", { "src/app.ts": "const name = Bun.env.NAME;" }, "uses Bun.env"],
  ["world", { "src/ledger/a.ts": "const now = Date.now();" }, "calls Date.now"],
  ["world", { "src/ledger/a.ts": "const now = new Date();" }, "asks the system for the time"],
  ["world", { "src/ledger/a.ts": 'await fetch("http://x");' }, "calls fetch"],
  ["outbound", { "src/ledger/a.ts": "await world.fetch(url);" }, "asks any address by world.fetch"],
  ["outbound", { "src/ledger/a.ts": "const { nowMs, fetch } = deps.world;" }, "asks any address by deps.world.fetch"],
  ["outbound", { "src/ledger/a.ts": "const send = deps.world.fetch;" }, "asks any address by deps.world.fetch"],
  ["console-asks", { "console/src/a.ts": 'await fetch("/api/v1/calls");' }, "sends by fetch"],
  ["console-asks", { "console/src/a.ts": "const send = window.fetch;" }, "sends by fetch"],
  ["console-asks", { "console/src/a.ts": 'new EventSource("/live");' }, "sends by EventSource"],
  ["module-state", { "src/ledger/a.ts": "let count = 0;" }, "keeps state in the module"],
  [
    "module-state",
    { "src/ledger/a.ts": "export const seen = new Map<string, string>();" },
    "keeps state in the module",
  ],
  ["classes", { "src/ledger/a.ts": "export class Ledger {}" }, "is a class"],
  [
    "casts",
    { "src/a.ts": "// why not\n\nexport const x = 1 as unknown as string;" },
    "src/a.ts:3 casts through unknown",
  ],
  ["sql", { "src/ledger/read.ts": 'database.selectFrom("calls").selectAll();' }, "src/ledger/read.ts:1 speaks SQL"],
  ["sql", { "src/ledger/read.ts": "const rows = sql`select 1`;" }, "speaks SQL"],
  ["sql", { "src/ledger/read.ts": 'pool.query("DELETE FROM calls WHERE id = $1");' }, "speaks SQL"],
  [
    "tables",
    {
      "src/ledger/migrations/0001-create-calls.ts": "sql`create table calls (id text)`",
      "src/gateway/store.ts": 'database.selectFrom("calls")',
    },
    "belongs to ledger",
  ],
  ["error-tables", { "src/ledger/a.ts": 'const errors = defineErrors("ledger", {});' }, "defines errors"],
];

/** Rule, and files that it must let pass. */
const clean: [string, Files][] = [
  [
    "imports",
    {
      "src/gateway/a.ts":
        'import { x } from "../ledger/index.ts"; import type { Y } from "../ledger/contract.ts"; import { z } from "zod"; import "./b.ts";',
    },
  ],
  [
    "imports",
    {
      "src/app.ts":
        'import { x } from "./gateway/index.ts"; import { join } from "node:path"; import { y } from "./app-config.ts";',
    },
  ],
  [
    "imports",
    { "src/ledger/a.test.ts": 'import { test } from "bun:test"; import { x } from "../../test/support/app.ts";' },
  ],
  [
    "imports",
    {
      "console/src/a.tsx":
        'import { x } from "../../src/ledger/contract.ts"; import { y } from "../../client/index.ts"; import "react";',
    },
  ],
  [
    "contracts",
    {
      "src/gateway/contract.ts":
        'import { z } from "zod"; import { oc } from "@orpc/contract"; import { x } from "../ledger/contract.ts";',
    },
  ],
  ["cycles", { "src/a.ts": 'import "./b.ts"; import "./c.ts";', "src/b.ts": 'import "./c.ts";', "src/c.ts": "" }],
  ["rooms", house],
  ["file-size-limit", { "src/a.ts": lines(600) }],
  [
    "function-size",
    { "src/a.ts": functionOf(70), "src/a.test.ts": `describe.each([1])("x", () => {\n${lines(80)}});` },
  ],
  ["function-size", { "test/console/a.test.ts": `describeConsole("x", {}, (given) => {\n${lines(80)}});` }],
  [
    "function-size",
    {
      "console/src/a.tsx": `function Page() {\n  return (\n    <ul>\n${"      <li />\n".repeat(80)}    </ul>\n  );\n}`,
    },
  ],
  ["names", { "src/ledger/migrations/0001-create-calls.ts": "", "console/vite.config.ts": "", "src/a.fixture.ts": "" }],
  ["headers", { "src/a.ts": `#!/usr/bin/env bun\n${lines(5)}export const x = 1;\n`, "src/a.test.ts": "" }],
  [
    "process",
    { "src/main.ts": "process.exit(1);", "tools/a.ts": "process.exit(1);", "src/app.ts": "const id = process.pid;" },
  ],
  [
    "world",
    { "src/ledger/a.ts": "const now = world.nowMs(); const then = new Date(now); const answer = world.fetch(url);" },
  ],
  ["outbound", { "src/ledger/a.ts": "await world.fetchPublic(url); await answers.fetch(keys);" }],
  ["console-asks", { "console/src/a.ts": "await api.client.calls.list(); f({ fetch: send });" }],
  [
    "module-state",
    {
      "src/ledger/a.ts": 'const known = new Set(["a"]); function make() { let count = 0; return () => (count += 1); }',
    },
  ],
  ["casts", { "src/a.ts": "// The parser has checked it.\nexport const x = 1 as unknown as string;" }],
  [
    "sql",
    {
      "src/ledger/store.ts": 'database.selectFrom("calls");',
      "src/ledger/say.ts": 'const text = "select a model from the list";',
    },
  ],
  ["error-tables", { "src/ledger/errors.ts": 'export const ledgerErrors = defineErrors("ledger", {});' }],
];

describe("rules of the house", () => {
  for (const [name, files, expected] of broken)
    test(`${name} complains: ${expected}`, () => {
      expect(complaints(name, files).join("\n")).toContain(expected);
    });

  for (const [name, files] of clean)
    test(`${name} lets ${Object.keys(files).slice(0, 3).join(", ")} pass`, () => {
      expect(complaints(name, files)).toEqual([]);
    });

  test("every rule is shown a house that breaks it", () => {
    const shown = new Set(broken.map(([name]) => name));
    expect(rules.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
  });
});
