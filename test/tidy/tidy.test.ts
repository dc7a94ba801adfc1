// The house rules, held against the house as it stands. Each rule's own tests show that it can go red.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { exceptions } from "./exceptions.ts";
import { readHouse } from "./read-house.ts";
import { rules } from "./rules/index.ts";

const house = readHouse(join(import.meta.dir, "../.."));
const findings = rules.flatMap((rule) => rule.check(house).map((finding) => ({ ...finding, rule: rule.name })));

describe("the house is tidy", () => {
  for (const { name, title } of rules) {
    test(title, () => {
      const excepted = new Set(exceptions.filter(({ rule }) => rule === name).map(({ path }) => path));
      const broken = findings.filter(({ rule, path }) => rule === name && !excepted.has(path));
      expect(broken.map(({ path, line, message }) => `${path}${line > 0 ? `:${line}` : ""} ${message}`)).toEqual([]);
    });
  }

  test("every exception is still needed and has a reason", () => {
    const idle = exceptions.filter(
      ({ rule, path, reason }) =>
        reason.length < 15 || !findings.some((found) => found.rule === rule && found.path === path),
    );
    expect(idle).toEqual([]);
  });

  test("the bound of files knows no exception", () => {
    expect(exceptions.filter(({ rule }) => rule === "file-size-limit")).toEqual([]);
  });
});
