// Findings that the drift room made itself, of calls that were made: in the list, and beside it.
import { expect, test } from "bun:test";
import { formatCount } from "../../console/src/format/figures.ts";
import { startTestApp } from "../support/app.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Filled, StartHouse } from "./support/house/house.ts";
import { screenshot } from "./support/pictures.ts";

const HOUR_MS = 3_600_000;
const CALLS = 30;
const CONFIG = `
drift:
  interval: 100ms
  settle: 1s
  confirm_looks: 1
  windows: [{ hours: 1, samples_min: 20 }]
  baseline: { automatic: false, calls_min: 20 }
  thresholds: { calls_alike: 1 }
`;

/** Asks until so many calls were looked at: one that is on record late is not. */
async function askUntilSeen(app: Filled, question: string, count: number): Promise<number> {
  for (;;) {
    for (let index = 0; index < CALLS; index += 1)
      await makeCall(app, { model: "sim/sim-instant", messages: [{ role: "user", content: `${question} ${index}` }] });
    const seen = (await app.client.drift.state()).profiles[0]?.calls ?? 0;
    if (seen >= count) return seen;
  }
}

/** Short requests as a baseline, and hours later long ones: the program's clock is set ahead, for no baseline is compared with its own hour. */
const startDrifted: StartHouse = async ({ consoleFolder }) => {
  const clock = { aheadMs: 0 };
  const app = await startTestApp({
    consoleFolder,
    config: CONFIG,
    world: { nowMs: () => Date.now() + clock.aheadMs },
  });
  try {
    const seen = await askUntilSeen(app, "Tides?", CALLS);
    await app.client.drift.baselines.put({ model: "sim/sim-instant", label: "release 7" });
    clock.aheadMs = 4 * HOUR_MS;
    await askUntilSeen(app, "Tides? ".repeat(60), seen + CALLS);
    await until(async () =>
      (await app.client.drift.findings({ state: "open" })).findings.some(({ figure }) => figure === "input_tokens"),
    );
    return { ...app, people: [] };
  } catch (error) {
    await app.close();
    throw error;
  }
};

describeConsole("drift that was found", { start: startDrifted }, (given) => {
  test("stands in the list with how it was and is, and opens with the measures of the program", async () => {
    const readFindings = async () => (await given.app.client.drift.findings({ state: "open" })).findings;
    const readFound = async () => (await readFindings()).find(({ figure }) => figure === "input_tokens");
    const page = await given.open({ page: "/drift" });
    const row = page.getByRole("row").filter({ hasText: "sim/sim-instant" });
    // Others may still be found, and this one be looked at again.
    await until(async () => (await row.count()) === (await readFindings()).length);
    await page.goto(`${given.app.url}/#/drift?open=${(await readFound())?.id}`);
    const drawer = page.getByRole("complementary", { name: "Finding" });
    const tokens = (figure: number | null | undefined) => `${Number((figure ?? 0).toPrecision(3))} tokens`;
    const cellsOf = (name: string) =>
      drawer.getByRole("row").filter({ hasText: name }).getByRole("cell").allInnerTexts();
    await drawer.getByRole("row").filter({ hasText: "Middle" }).waitFor();
    await until(async () => {
      const evidence = (await readFound())?.evidence;
      const shown = { middle: await cellsOf("Middle"), looked: await cellsOf("Calls looked at") };
      return Bun.deepEquals(shown, {
        middle: [tokens(evidence?.before?.p50), tokens(evidence?.now?.p50)],
        looked: [evidence?.before, evidence?.now].map((figures) => formatCount(figures?.samples ?? -1)),
      });
    });
    const found = await readFound();
    const measured = await drawer.getByRole("table", { name: "What each detector says" }).getByRole("row").count();
    expect(measured - 1).toBe(found?.evidence.measures.length ?? 0);
    await expectNoAxeViolations(page);
    await screenshot(page, "drift-found");
    const { profiles } = await given.app.client.drift.state();
    await page.goto(`${given.app.url}/#/drift?tab=profiles`);
    const seen = page.getByRole("table", { name: "Profiles" }).getByRole("row").filter({ hasText: "sim/sim-instant" });
    await until(async () => {
      const [profile] = (await given.app.client.drift.state()).profiles;
      return (await seen.getByText(formatCount(profile?.calls ?? -1), { exact: true }).count()) > 0;
    });
    await page
      .getByRole("navigation", { name: "Drift" })
      .getByRole("link", { name: `Profiles ${profiles.length}` })
      .waitFor();
  });
});
