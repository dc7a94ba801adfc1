// The guide's examples: its JavaScript is run as it stands, with only the address changed, and its configs must hold.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { readAppConfig } from "../../src/app-config.ts";
import { vendorKindNames } from "../../src/providers/vendors/table.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type OperationsVendor, serveOperations } from "../support/vendors/operations.ts";
import { serveRerank } from "../support/vendors/rerank.ts";

const ROOT = join(import.meta.dir, "../..");
/** Those whose examples need nothing that is not here. */
const PAGES = [
  "compliance",
  "cost",
  "searching",
  "sdks",
  "scores",
  "tracing-out",
  "beyond-chat",
  "responses",
  "shaping",
  "vendors",
  "tracing",
  "slos-and-alerts",
  "approvals",
  "kill-switches",
];
const SETTINGS_PAGES = [
  "signing-in",
  "audit",
  "vault",
  "machines",
  "policies",
  "boundary",
  "drift",
  "telemetry-in",
  "calls-and-routes",
  "caching",
  "routing",
  "budgets",
  "directory",
  "reliability",
  "guardrails",
  ...PAGES,
];

interface Example {
  title: string;
  code: string;
}

function examplesIn(pages: readonly string[], language: string): Example[] {
  const fence = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs");
  return pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, "docs/guide", `${page}.md`), "utf8");
    return [...text.matchAll(fence)].map(([, code = ""], at) => ({ title: `${page}.md, ${at + 1}`, code }));
  });
}

let app: TestApp;
let vendor: OperationsVendor;
let reranker: ReturnType<typeof serveRerank>;
let folder: string;

beforeAll(async () => {
  vendor = serveOperations();
  reranker = serveRerank();
  app = await startTestApp({
    config: `
providers:
  vendors:
    openai: { kind: openai, base_url: "${vendor.url}", api_key: "env:GUIDE_KEY" }
    cohere: { kind: cohere, base_url: "${reranker.origin}", api_key: "env:GUIDE_KEY" }
`,
    env: { GUIDE_KEY: "k" },
  });
  folder = mkdtempSync(join(tmpdir(), "binnacle-guide-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
});
afterAll(async () => {
  await app?.close();
  await Promise.all([vendor?.close(), reranker?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

describe("JavaScript in the guide runs, and says something", () => {
  test.each(examplesIn(PAGES, "js"))("$title", async ({ title, code }) => {
    const path = join(folder, `${title.replaceAll(/\W/g, "-")}.mjs`);
    writeFileSync(path, code.replaceAll("http://127.0.0.1:4100", app.url));
    const child = Bun.spawn([process.execPath, path], {
      cwd: folder,
      env: { ...process.env, BINNACLE_KEY: app.key },
      stdout: "pipe",
      stderr: "pipe",
    });
    const [said, complaint] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ]);
    if (child.exitCode !== 0) throw new Error(complaint);
    expect(said.trim()).not.toBe("");
  });
});

describe("settings in the guide hold", () => {
  test.each(examplesIn(SETTINGS_PAGES, "yaml"))("$title", ({ title, code }) => {
    expect(() => readAppConfig({ yaml: code, path: title, env: {} })).not.toThrow();
  });
});

describe("plans in the guide hold", () => {
  test.each(examplesIn(["routing"], "yaml plan"))("$title", async ({ code }) => {
    const put = app.client.routes.put({ name: "ship", plan: parse(code) as Record<string, unknown>, dry_run: true });
    expect(await put).toMatchObject({ revision_before: 0 });
  });
});

describe("files to apply in the guide hold", () => {
  test.each(examplesIn(["directory"], "yaml apply"))("$title", async ({ code }) => {
    const { counts } = await app.client.apply({ state: parse(code), dry_run: true });
    expect(counts.create).toBeGreaterThan(0);
  });
});

test("the guide names every vendor of the table, and shows a row as it is there", () => {
  const page = readFileSync(join(ROOT, "docs/guide/vendors.md"), "utf8");
  expect(vendorKindNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  const table = readFileSync(join(ROOT, "src/providers/vendors/table.ts"), "utf8");
  const rows = examplesIn(["vendors"], "ts");
  expect(rows.length).toBeGreaterThan(0);
  for (const { code } of rows) expect(table).toContain(code);
});
