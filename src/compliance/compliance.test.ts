import { describe, expect, test } from "bun:test";
import { emptySources } from "./compliance.fixture.ts";
import { createCompliance, digestOf } from "./compliance.ts";
import { complianceConfigSchema } from "./config.ts";
import { collectorNames, parseEvidenceId } from "./evidence/collectors.ts";
import { frameworks } from "./frameworks/frameworks.ts";
import { renderReport } from "./html/render-report.ts";
import type { Sources } from "./sources.ts";

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;
const by = { kind: "key", id: "k", name: "auditor" };

function start(changes: Partial<Sources> = {}, config: object = {}) {
  const noted: { action: string; details: Readonly<Record<string, string | number>> }[] = [];
  const compliance = createCompliance(complianceConfigSchema.parse(config), {
    sources: emptySources(changes),
    world: { nowMs: () => NOW },
    version: "1.0",
    audit: { note: async (entry) => void noted.push(entry) },
  });
  return { compliance, noted };
}

describe("frameworks", () => {
  test("are data whose evidence there is, with a source for each control and date", () => {
    for (const { controls, dates, known_at } of frameworks) {
      expect(known_at).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
      for (const { evidence } of controls) expect(evidence.filter((id) => !parseEvidenceId(id))).toEqual([]);
      for (const { source } of [...controls, ...dates]) expect(source.url).toMatch(/^https:\/\//);
      for (const { date } of dates) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
    }
  });

  test("use every collector somewhere", () => {
    const used = new Set(frameworks.flatMap(({ controls }) => controls.flatMap(({ evidence }) => evidence)));
    expect(collectorNames.filter((name) => ![...used].some((id) => id.split(":")[0] === name))).toEqual([]);
  });
});

describe("a report", () => {
  test("is about the time before now where nobody says which, and its hash is that of its content", async () => {
    const { compliance, noted } = start();
    const { sha256, ...rest } = await compliance.report({ framework: "gdpr", by });
    expect(rest).toMatchObject({ since_ms: NOW - 90 * DAY_MS, until_ms: NOW, made_at_ms: NOW, made_by: by });
    expect(digestOf(rest)).toBe(sha256);
    expect(digestOf({ ...rest, made_at_ms: NOW + 1 })).not.toBe(sha256);
    expect(noted).toMatchObject([{ action: "compliance.report", details: { sha256 } }]);
  });

  test("is not given when the trail does not take that it was made", async () => {
    const { compliance } = start();
    const failing = createCompliance(complianceConfigSchema.parse({}), {
      sources: emptySources(),
      world: { nowMs: () => NOW },
      version: "1.0",
      audit: { note: () => Promise.reject(new Error("full")) },
    });
    expect(await compliance.report({ framework: "gdpr", by })).toBeDefined();
    expect(failing.report({ framework: "gdpr", by })).rejects.toThrow("full");
  });

  test("is made though a room does not answer, and says which", async () => {
    const { compliance } = start({ keys: () => Promise.reject(new Error("the database is away")) });
    const { evidence } = await compliance.report({ framework: "soc2", by });
    expect(evidence.find(({ id }) => id === "access")).toMatchObject({
      finding: "no_data",
      says: "This could not be found out: the database is away",
    });
    expect(evidence.find(({ id }) => id === "changes")?.says).toContain("Nothing was changed");
  });

  test("is refused beyond as many as may be made at once, and can be had when they are done", async () => {
    const waiting = Promise.withResolvers<undefined>();
    const none = { items: [], is_cut: false };
    const { compliance } = start({ keys: () => waiting.promise.then(() => none) }, { reports_at_once_max: 1 });
    const first = compliance.evidence("access", {});
    expect(compliance.report({ framework: "soc2", by })).rejects.toMatchObject({
      code: "compliance.busy",
      status: 503,
    });
    waiting.resolve(undefined);
    await first;
    expect(await compliance.evidence("access", {})).toMatchObject({ finding: "no_data" });
  });

  test.each([
    [{ since_ms: NOW, until_ms: NOW }, "it ends before it begins"],
    [{ since_ms: NOW - 500 * DAY_MS }, "it is longer than one report may be about"],
  ])("about %o is refused", (period, why) => {
    const { compliance } = start();
    expect(() => compliance.report({ framework: "soc2", by, ...period })).toThrow(why);
  });

  test("as a page has what it says, and leads to the server that made it", async () => {
    const { compliance } = start();
    const page = renderReport(await compliance.report({ framework: "eu-ai-act", by }), "http://127.0.0.1:4100");
    expect(page).toContain("Art. 26(6)");
    expect(page).toContain("2027-12-02");
    expect(page).toContain('href="http://127.0.0.1:4100/api/v1/audit"');
  });
});
