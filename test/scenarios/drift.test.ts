// Drift over the whole program: calls through the gateway become a baseline, other calls are told from them, by API and
// command line. The clock is set ahead, for a baseline is never compared with its own hour.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { untilFound } from "../support/until.ts";

const HOUR_MS = 3_600_000;
const CALLS = 30;

let app: TestApp;
const clock = { aheadMs: 0 };
const nowMs = (): number => Date.now() + clock.aheadMs;
beforeAll(async () => {
  app = await startTestApp({
    config: `
drift:
  interval: 50ms
  settle: 1s
  confirm_looks: 1
  windows: [{ hours: 1, samples_min: 20 }]
  baseline: { automatic: false, calls_min: 20 }
  thresholds: { calls_alike: 1 }
`,
    world: { nowMs },
  });
});
afterAll(() => app?.close());

const cli = (...argv: string[]) => runInTest([...argv, "--url", app.url, "--key", app.key], { nowMs, columns: 200 });

/** Asks until so many calls were looked at: one that is on record late is not. */
async function askUntilSeen(question: string, count: number): Promise<void> {
  do {
    for (let call = 0; call < CALLS; call += 1) {
      const messages = [{ role: "user", content: `${question} ${call}` }];
      expect((await app.chat({ model: "sim/sim-instant", messages })).status).toBe(200);
    }
    await Bun.sleep(100);
  } while ((await seen()) < count);
}

async function seen(): Promise<number> {
  return (await app.client.drift.state()).profiles[0]?.calls ?? 0;
}

test("longer requests than before are a finding, with what they were and are", async () => {
  await askUntilSeen("Tides?", CALLS);
  const set = await cli("drift", "baseline", "set", "sim/sim-instant", "--label", "release 7");
  expect(set).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("release 7") });
  expect((await cli("drift", "baseline", "list")).stdout).toContain("release 7");

  clock.aheadMs = 4 * HOUR_MS;
  await askUntilSeen("Tides? ".repeat(60), (await seen()) + CALLS);
  // How long calls take may be a finding too, and come first.
  const found = await untilFound(async () => {
    const { findings } = await app.client.drift.findings({ state: "open" });
    return findings.find(({ kind, figure }) => kind === "distribution" && figure === "input_tokens");
  });
  expect(found).toMatchObject({ profile: { model: "sim/sim-instant" } });
  expect(found.evidence.now?.p50).toBeGreaterThan(5 * (found.evidence.before?.p50 ?? Infinity));
  expect((await cli("drift", "list")).stdout).toContain("input_tokens");
  const shown = await cli("drift", "show", found.id);
  expect(shown.stdout).toContain("ks over 1 h");
  expect((await cli("drift", "profiles")).stdout).toContain("release 7");
});

test("what comes with no sense is refused with what to do", async () => {
  const refused = await cli("drift", "baseline", "set", "nobody/x");
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("drift profiles") });
  expect((await cli("drift", "show", "nothing")).stderr).toContain("drift list");
  await expect(app.client.drift.findings({ cursor: "nonsense" })).rejects.toMatchObject({ status: 400 });
  await expect(app.client.drift.baselines.put({ model: "" })).rejects.toMatchObject({ status: 400 });
});

test("a baseline that is taken away closes what was found by it", async () => {
  const { baselines } = await app.client.drift.baselines.list();
  expect((await cli("drift", "baseline", "delete", baselines[0]?.id ?? "")).exitCode).toBe(0);
  expect((await app.client.drift.findings({ state: "open" })).findings).toEqual([]);
  expect((await app.client.drift.baselines.list()).baselines).toEqual([]);
});
