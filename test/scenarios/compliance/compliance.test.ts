// Compliance reports over the whole program: what was done is found where it should be, and only there.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { digestOf } from "../../../src/compliance/index.ts";
import type { Evidence, Report } from "../../../src/compliance/contract.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { startTestDatabase, type TestDatabase } from "../../support/database.ts";
import { until } from "../../support/until.ts";

const HOSTILE = `<script>alert(1)</script>"'&\u202e`;
const CONFIG = `
vault: { enabled: true }
guardrails:
  policies:
    personal: { checks: [{ kinds: [email], on: [input], mode: mask }] }
gateway:
  routes:
    europe: { targets: [{ target: sim/sim-instant, region: eu-west, data_classes: [internal] }] }
`;

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await startTestDatabase();
  app = await startTestApp({ database, config: CONFIG });
});
afterAll(async () => {
  await app?.close();
  await database?.close();
});

const get = (path: string, key = app.key): Promise<Response> =>
  fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${key}` } });

const report = (framework: string): Promise<Report> => app.client.compliance.report({ framework });

function evidenceIn({ evidence }: Report, id: string): Evidence {
  const found = evidence.find((each) => each.id === id);
  if (!found) throw new Error(`no evidence ${id}`);
  return found;
}

const textOf = (evidence: Evidence): string => JSON.stringify(evidence.tables);

describe("a report", () => {
  test("of an installation in which nothing happened says so, for every framework", async () => {
    const { frameworks } = await app.client.compliance.frameworks();
    expect(frameworks.map(({ id }) => id)).toEqual(["eu-ai-act", "gdpr", "hipaa", "soc2", "iso-42001"]);
    for (const { id, controls } of frameworks) {
      const made = await report(id);
      const wanted = new Set(controls.flatMap((control) => control.evidence));
      expect(made.evidence.map((each) => each.id).sort()).toEqual([...wanted].sort());
      expect(made.evidence.filter(({ says }) => says.startsWith("This could not be found out"))).toEqual([]);
    }
    console.log(JSON.stringify(await report("soc2"), null, 1).slice(0, 6000));
  });
});
