// Cost against the whole program: every figure is the API's; narrowed by a row, foretold by sliders, charged back as a file.
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { formatCount, formatUsd } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import { makeCall, stored } from "./support/data.ts";
import type { Data } from "./support/house/house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

/** Instructions make a pattern of what is asked. */
const data: Data = async (house) => {
  const instructions = { role: "system", content: "Answer questions of the crew, briefly." };
  for (const model of ["sim/sim-small", "sim/sim-large", "sim/sim-large"])
    for (const content of ["What is the time?", "Where are we?", "Who is on watch?"])
      await makeCall(house, { model, messages: [instructions, { role: "user", content }] });
  await stored(house, 9);
};

const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });
const now = new Date();
/** As the page asks for this month. */
const MONTH = { since_ms: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1) };

describeConsole("cost", { data }, (given) => {
  spend(given);
  others(given);
});

function spend(given: ConsoleUnderTest): void {
  test("has the API's total and rows, and a row narrows to its value, which the address keeps", async () => {
    const page = await given.open({ page: "/cost?by=model" });
    await rowOf(page, "sim/sim-large").waitFor();
    const { total, rows } = await given.app.client.costs.list({ by: "model", ...MONTH });
    await page.getByText(formatUsd(total.cost_usd_micros), { exact: true }).first().waitFor();
    for (const { key, cost_usd_micros: micros, records } of rows) {
      const said = await rowOf(page, key["model"] ?? "none").innerText();
      expect(said.replaceAll("\n", " ")).toContain(formatUsd(micros));
      expect(said).toContain(formatCount(records));
    }
    await expectNoAxeViolations(page);
    await screenshot(page, "cost");
    await rowOf(page, "sim/sim-small").getByRole("link").click();
    await page.waitForURL(/model=sim%2Fsim-small/);
    const small = rows.find(({ key }) => key["model"] === "sim/sim-small");
    await page
      .getByText(formatUsd(small?.cost_usd_micros ?? 0), { exact: true })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "No longer only Model asked for sim/sim-small" }).press("Enter");
    await page.waitForURL((url) => !url.hash.includes("model="));
  });

  test("by two dimensions rows come to the total, chosen and gone through by keyboard", async () => {
    const page = await given.open({ page: "/cost", theme: "dark", tolerates: [/status of 400/] });
    await page.getByRole("combobox", { name: "And by" }).selectOption("vendor");
    await page.waitForURL(/by=model%2Cvendor/);
    await page.getByRole("grid", { name: "Costs by model asked for and vendor" }).waitFor();
    // Until its rows come, those of before stand there.
    await rowOf(page, "sim/sim-large").getByText("sim", { exact: true }).waitFor();
    await expectNoAxeViolations(page);
    await press(page, "j", "Enter");
    await page.waitForURL(/vendor=sim/);
  });
}

function others(given: ConsoleUnderTest): void {
  test("kinds of prompts have what a request of each costs", async () => {
    const page = await given.open({ page: "/cost?tab=patterns" });
    const { rows } = await given.app.client.costs.patterns({ ...MONTH });
    const dearest = rows.find(({ example }) => example !== null);
    const row = rowOf(page, dearest?.example?.slice(0, 20) ?? "no pattern");
    await row.waitFor();
    const said = (await row.innerText()).replaceAll("\n", " ");
    expect(said).toContain(formatUsd(dearest?.cost_usd_micros ?? -1));
    expect(said).toContain(formatUsd(Math.round(dearest?.mean_cost_usd_micros ?? -1)));
    await expectNoAxeViolations(page);
  });

  test("a forecast without enough history says so, and neither asks in vain nor raises an alarm", async () => {
    const page = await given.open({ page: "/cost?tab=forecast" });
    const { too_early: early } = await given.app.client.costs.forecast({});
    expect(early?.needed_hours).toBeGreaterThan(0);
    await page.getByText(`of the ${early?.needed_hours} hours that a forecast begins with`).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await expectNoAxeViolations(page);
  });

  test("charge-back is a file with the API's exact micro-dollars", async () => {
    const page = await given.open({ page: "/cost?tab=charge-back&to_whom=key", width: 390, height: 800 });
    const button = page.getByRole("button", { name: "Download CSV" });
    await until(() => button.isEnabled());
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\n");
    const { rows } = await given.app.client.costs.list({ by: "key", ...MONTH });
    expect(lines).toHaveLength(rows.length + 1);
    for (const { key, cost_usd_micros: micros } of rows) {
      const line = lines.find((each) => each.includes(key["key"] ?? "?"));
      expect(line).toContain(`,${micros},`);
    }
    await expectNoAxeViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test("an auditor has the figures, and patterns only where texts may be read", async () => {
    const page = await given.open({ page: "/cost", as: "auditor" });
    await rowOf(page, "sim/sim-large").waitFor();
    const { actions } = await given.app.client.session.get();
    expect(actions).toContain("read_bodies");
    const offered = await page.getByRole("navigation", { name: "Cost" }).innerText();
    expect(offered).toContain("Forecast");
  });
}
