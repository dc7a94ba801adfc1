// Objectives and alerts in the console: what fires, how it went, a silence and its end, and every figure the API's.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { sayBurn, sayReading, sayShare } from "../../console/src/pages/alerts/words/say-reading.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { aFewCalls } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Data } from "./support/house/house.ts";
import { press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const CONFIG = `
alerts:
  interval: 500ms
  rules:
    turned-away:
      { kind: error_spike, bad: [refused], rate: 0.1, window: 1h, min_events: 3, confidence: 0, severity: critical }
    known-trouble: { kind: error_spike, bad: [refused], rate: 0.2, window: 1h, min_events: 3, confidence: 0 }
  slos:
    answered: { objective: { kind: availability, bad: [failed, refused] }, target: 90, min_events: 5, confidence: 0 }
`;

/** A quarter of the calls is refused, of which one rule is silenced. */
const trouble: Data = async (app) => {
  const matchers = [{ name: "rule", values: ["known-trouble"] }];
  await app.client.alerts.silences.create({ matchers, until_ms: Date.now() + 3_600_000, comment: "on the list" });
  await aFewCalls(app);
  await until(async () => {
    const { alerts } = await app.client.alerts.list();
    return ["turned-away", "known-trouble"].every((rule) => alerts.some((alert) => alert.rule === rule));
  });
};

const rowOf = (page: Page, text: string): Locator => page.getByRole("row").filter({ hasText: text });
const drawerOf = (page: Page, name: string): Locator => page.getByRole("complementary", { name });

describeConsole("alerts", { data: trouble, config: CONFIG }, (given) => {
  const alertOf = async (rule: string) => {
    const { alerts } = await given.app.client.alerts.list();
    const found = alerts.find((each) => each.rule === rule);
    if (found === undefined) throw new Error(`no alert of ${rule} is open`);
    return found;
  };
  const silencesOf = async (rule: string) =>
    (await given.app.client.alerts.silences.list()).silences.filter(({ matchers }) =>
      matchers.some(({ values }) => values.includes(rule)),
    );

  test("are listed with their figures, and one is opened by keys with its course and history", async () => {
    const page = await given.open({ page: "/alerts" });
    // It is looked at again all the time, and the page asks again by itself.
    await until(async () => {
      const { value, threshold, unit } = await alertOf("turned-away");
      const said = await rowOf(page, "turned-away").innerText();
      return [value, threshold].every((figure) => said.includes(sayReading(figure, unit)));
    });
    await rowOf(page, "known-trouble").getByText("silenced", { exact: false }).first().waitFor();
    await press(page, "j", "Enter");
    await page.waitForURL(/open=/);
    const drawer = page.getByRole("complementary", { name: "Alert" });
    await drawer.getByRole("heading", { name: "History" }).waitFor();
    await drawer.getByRole("heading", { name: "Course" }).waitFor();
    await press(page, "Escape");
    await drawer.waitFor({ state: "detached" });
  });

  test("one has its calls a click away, and stands in its address", async () => {
    const { id } = await alertOf("turned-away");
    const page = await given.open({ page: `/alerts?open=${id}`, theme: "dark" });
    const drawer = drawerOf(page, "Alert");
    await drawer.getByText("Share of calls that went badly", { exact: false }).first().waitFor();
    await expectNoAxeViolations(page);
    await screenshot(page, "alert-dark");
    await drawer.getByRole("link", { name: "The calls it is about" }).click();
    await page.waitForURL(/calls\?.*outcome%3Arefused/);
  });

  test("one is silenced from its place, which says who is not told, and that is undone", async () => {
    const { id } = await alertOf("turned-away");
    const page = await given.open({ page: `/alerts?open=${id}` });
    await drawerOf(page, "Alert").getByRole("button", { name: "Silence" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 open alert fits.").waitFor();
    await expectNoAxeViolations(page);
    await dialog.getByRole("textbox", { name: "Why" }).fill("the vendor knows");
    await press(page, "Enter");
    // A toast that the pointer rests on stays.
    await page.getByRole("button", { name: "Undo" }).hover();
    await until(async () => (await silencesOf("turned-away")).length === 1);
    await drawerOf(page, "Alert").getByText("the vendor knows", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await silencesOf("turned-away")).length === 0);
    await rowOf(page, "turned-away").getByText("firing").waitFor();
  });

  test("objectives have what is left of their budgets and how fast they burn, as the API says", async () => {
    const page = await given.open({ page: "/alerts?tab=slos" });
    const { slos } = await given.app.client.slos.list();
    for (const { name, series } of slos) {
      const panel = page.getByRole("region", { name, exact: true }).first();
      await panel.waitFor();
      const said = await panel.innerText();
      const [first] = series;
      if (first === undefined) continue;
      const left = first.budget_left;
      expect(said).toContain(left <= 0 ? `spent, ${sayShare(-left)} over` : sayShare(left));
      for (const burn of first.burns) expect(said).toContain(sayBurn(burn.long_burn));
    }
    await expectNoAxeViolations(page);
    await screenshot(page, "slos");
  });

  test("an auditor sees all of it, and is offered nothing that changes it", async () => {
    const { id } = await alertOf("turned-away");
    const page = await given.open({ as: "auditor", page: `/alerts?open=${id}` });
    await drawerOf(page, "Alert").getByRole("heading", { name: "History" }).waitFor();
    expect(await page.getByRole("button", { name: "Silence" }).count()).toBe(0);
    for (const [tab, offered] of [
      ["slos", "New objective"],
      ["rules", "New rule"],
      ["silences", "New silence"],
    ] as const) {
      await page
        .getByRole("navigation", { name: "SLOs and alerts" })
        .getByRole("link", { name: new RegExp(tab, "i") })
        .click();
      await page.waitForURL(new RegExp(`tab=${tab}`));
      await settled(page);
      await page
        .getByText(tab === "silences" ? "known-trouble" : tab === "slos" ? "answered" : "turned-away")
        .first()
        .waitFor();
      expect(await page.getByRole("button", { name: offered }).count()).toBe(0);
      expect(await page.getByRole("button", { name: "End" }).count()).toBe(0);
    }
  });

  test("the history has when it began, and nothing sticks out on a telephone", async () => {
    const page = await given.open({ page: "/alerts?tab=history&rule=turned-away", width: 390 });
    await rowOf(page, "turned-away").first().waitFor();
    const rows = page.getByRole("grid", { name: "History of alerts" }).getByRole("row");
    await until(async () => {
      const { entries } = await given.app.client.alerts.history({ rule: "turned-away" });
      return (await rows.filter({ hasText: "turned-away" }).count()) === entries.length;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectNoAxeViolations(page);
  });
});
