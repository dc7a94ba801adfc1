// Drift in the console: what is watched and compared, a finding with its evidence, a new baseline.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { Finding } from "../../src/drift/contract.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { describeConsole } from "./support/describe-console.ts";
import { compared, COMPARED_CONFIG } from "./support/house/compared-house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

/** Only calls of hours after the baseline's are compared with it, so a finding is hours away: this one is answered in its place. */
const found: Finding = {
  id: "01a2009e-f16a-7264-adb6-a93fccd48e7d",
  kind: "distribution",
  figure: "finish_reasons",
  profile: { model: "desk", route: "desk", prompt: null },
  state: "open",
  since_ms: Date.now() - 4 * 3_600_000,
  opened_at_ms: Date.now() - 60_000,
  updated_at_ms: Date.now(),
  closed_at_ms: null,
  evidence: {
    measures: [{ detector: "chi_square", window_hours: 4, effect: 0.15, threshold: 0.05, p: 0.0000001, drift: true }],
    before: { samples: 400, p50: null, p95: null, share: null, counts: { stop: 380, length: 20 } },
    now: { samples: 100, p50: null, p95: null, share: null, counts: { stop: 80, length: 20 } },
    names: [],
    change: null,
    erosion: null,
  },
};

async function answerFound(page: Page): Promise<void> {
  const json = (body: object) => ({ contentType: "application/json", body: JSON.stringify(body) });
  await page.route("**/api/v1/drift/findings?*", (route) =>
    route.fulfill(json({ findings: [found], next_cursor: null })),
  );
  await page.route(`**/api/v1/drift/findings/${found.id}`, (route) => route.fulfill(json(found)));
}

const drawerOf = (page: Page): Locator => page.getByRole("complementary", { name: "Finding" });

describeConsole("drift", { data: compared, config: COMPARED_CONFIG }, (given) => {
  test("is opened by keys, and shows how it was, how it is, how far that is, and the calls of both times", async () => {
    const page = await given.open({ page: "/drift" });
    await page.getByText("One profile is compared", { exact: false }).waitFor();
    await answerFound(page);
    await page.reload();
    await page.getByRole("row").filter({ hasText: "How answers end" }).getByText("desk").waitFor();
    await press(page, "j", "Enter");
    const drawer = drawerOf(page);
    const row = drawer.getByRole("row").filter({ hasText: "length" });
    await row.waitFor();
    expect(await row.getByRole("cell").allInnerTexts()).toEqual(["5 %", "20 %"]);
    const measured = await drawer.getByRole("row").filter({ hasText: "χ²" }).innerText();
    for (const figure of ["0.15", "0.05", "< 0.0001", "yes"]) expect(measured).toContain(figure);
    await expectNoAxeViolations(page);
    await screenshot(page, "drift");
    await drawer.getByRole("link", { name: "Calls of the baseline, release 7" }).click();
    await page.waitForURL(/calls\?.*route%3Adesk/);
  });

  test("an auditor chooses no baseline", async () => {
    const page = await given.open({ as: "auditor", page: "/drift?tab=profiles", theme: "dark" });
    await page.getByRole("row").filter({ hasText: "desk" }).getByText("release 7").waitFor();
    expect(await page.getByRole("button", { name: /New baseline/ }).count()).toBe(0);
    await expectNoAxeViolations(page);
  });

  test("what is now is taken for how it should be, with what that means said beforehand", async () => {
    const page = await given.open({ page: "/drift?tab=profiles" });
    await page.getByRole("button", { name: "New baseline for desk" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("It takes the place of “release 7”", { exact: false }).waitFor();
    await expectNoAxeViolations(page);
    await dialog.getByRole("textbox", { name: /^Label/ }).fill("release 8");
    await dialog.getByText("24 h", { exact: true }).click();
    await dialog.getByRole("button", { name: "Compare with these calls" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("row").filter({ hasText: "desk" }).getByText("release 8").waitFor();
    const { baselines } = await given.app.client.drift.baselines.list();
    expect(baselines.map(({ label }) => label)).toEqual(["release 8"]);
    await page.getByRole("navigation", { name: "Drift" }).getByRole("link", { name: "Baselines" }).click();
    await page.getByRole("region", { name: "desk" }).getByText("release 8", { exact: false }).waitFor();
  });
});
