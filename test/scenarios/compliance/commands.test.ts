// `compliance` on the command line, against the whole program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../../src/compliance/contract.ts";
import { digestOf } from "../../../src/compliance/index.ts";
import { runInTest } from "../../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startTestApp();
  folder = mkdtempSync(join(tmpdir(), "binnacle-reports-"));
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) => runInTest([...argv, "--url", app.url, "--key", app.key]);

describe("compliance", () => {
  test("list shows the frameworks, and as of when they are known", async () => {
    const { stdout } = await run("compliance", "list");
    expect(stdout).toContain("eu-ai-act");
    expect(stdout).toContain("as known on 2026-11-21");
  });

  test("report says for each control what was found", async () => {
    const { stdout, exitCode } = await run("compliance", "report", "soc2", "--since", "7d");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("CC8.1 Change management");
    expect(stdout).toMatch(/not met {7}The policies that decide/);
    expect(stdout).toContain("It does not say that anybody complies");
  });

  test("report writes a page or JSON, and writes over no file", async () => {
    const [page, json] = [join(folder, "report.html"), join(folder, "report.json")];
    expect((await run("compliance", "report", "gdpr", "--out", page)).exitCode).toBe(0);
    expect(readFileSync(page, "utf8")).toStartWith("<!doctype html>");
    expect((await run("compliance", "report", "gdpr", "--until", "1h", "--out", json)).exitCode).toBe(0);
    const { sha256, ...rest } = JSON.parse(readFileSync(json, "utf8")) as Report;
    expect(digestOf(rest)).toBe(sha256);
    expect((await run("compliance", "report", "gdpr", "--out", page)).exitCode).toBe(1);
  });

  test.each([
    ["of what is no framework", ["report", "nothing"], 1, "There is no framework `nothing`"],
    ["into a file of another kind", ["report", "gdpr", "--out", "report.pdf"], 2, "neither in .html nor in .json"],
    ["since a time that is none", ["report", "gdpr", "--since", "sometime"], 2, "is not a time"],
    ["that ends before it begins", ["report", "gdpr", "--since", "1d", "--until", "2d"], 1, "it ends before it begins"],
  ])("%s ends in a sentence", async (_, argv, exitCode, says) => {
    const told = await run("compliance", ...argv);
    expect(told.exitCode).toBe(exitCode);
    expect(told.stderr).toContain(says);
  });
});
