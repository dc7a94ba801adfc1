// What says when somebody should hear of something, in the console: rules, objectives, silences, channels and their messages.
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { nothing } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press } from "./support/open-console.ts";

const CONFIG = `
alerts:
  interval: 500ms
  channels:
    mail:
      kind: email
      host: 127.0.0.1
      port: 9
      security: none
      from: binnacle@example.com
      to: [ops@example.com]
  slos:
    kept: { objective: { kind: availability }, target: 99 }
`;
/** What the page is refused on purpose. */
const REFUSED = /status of 4\d\d/;
const dialogOf = (page: Page) => page.getByRole("dialog");

describeConsole("rules and objectives", { data: nothing, config: CONFIG }, (given) => {
  test("a rule is written, refused in the server's words at its line, mended, turned off and deleted", async () => {
    const page = await given.open({ page: "/alerts?tab=rules", tolerates: [REFUSED] });
    await page.getByRole("button", { name: "New rule" }).click();
    await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("odd name");
    await dialogOf(page).getByRole("combobox", { name: "Begin with" }).selectOption("cost");
    await expectNoAxeViolations(page);
    await dialogOf(page).getByRole("button", { name: "Make the rule" }).click();
    await dialogOf(page).getByText("name: a name is letters", { exact: false }).waitFor();
    await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("team-money");
    await dialogOf(page).getByRole("button", { name: "Make the rule" }).click();
    await dialogOf(page).waitFor({ state: "detached" });
    const row = page.getByRole("row").filter({ hasText: "team-money" });
    await row.click();
    await page.getByRole("button", { name: "Actions for team-money" }).click();
    await page.getByRole("menuitem", { name: "Turn off" }).click();
    await until(async () => !(await given.app.client.alerts.rules.get({ name: "team-money" })).enabled);
    await row.getByText("off", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Actions for team-money" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete the rule" }).click();
    await row.waitFor({ state: "detached" });
  });

  test("an objective is made by keyboard, checked by the server, and those of the config say where they are", async () => {
    const page = await given.open({ page: "/alerts?tab=slos", tolerates: [REFUSED] });
    await page.getByText("Set in binnacle.yaml, alerts.slos.kept").waitFor();
    await page.getByRole("button", { name: "New objective" }).focus();
    await press(page, "Enter");
    await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("quick");
    await dialogOf(page)
      .getByRole("textbox", { name: /^How much of it/ })
      .fill("10");
    await press(page, "Enter");
    await dialogOf(page).getByText("target", { exact: false }).first().waitFor();
    await dialogOf(page)
      .getByRole("textbox", { name: /^How much of it/ })
      .fill("97.5");
    await press(page, "Enter");
    await dialogOf(page).waitFor({ state: "detached" });
    expect((await given.app.client.slos.get({ name: "quick" })).target).toBe(97.5);
    await page.getByRole("region", { name: "quick", exact: true }).getByText("97.5 % of calls answered").waitFor();
  });

  test("a silence is made beforehand, and ended", async () => {
    const page = await given.open({ page: "/alerts?tab=silences" });
    await page.getByRole("button", { name: "New silence" }).click();
    await dialogOf(page).getByRole("textbox", { name: "Why" }).fill("the vendor moves house");
    await dialogOf(page).getByRole("textbox", { name: "Values of rule" }).fill("signal_*");
    await press(page, "Enter");
    await dialogOf(page).getByRole("button", { name: "Silence" }).click();
    const row = page.getByRole("row").filter({ hasText: "the vendor moves house" });
    await row.getByText("rule signal_*").waitFor();
    await row.getByRole("button", { name: "End" }).click();
    await row.waitFor({ state: "detached" });
    expect((await given.app.client.alerts.silences.list()).silences).toEqual([]);
  });

  test("a channel's test says what its receiver said", async () => {
    const page = await given.open({ page: "/alerts?tab=channels", theme: "dark" });
    await page.getByRole("button", { name: "Test mail" }).click();
    await page.getByText("not taken").waitFor();
    await expectNoAxeViolations(page);
  });
});
