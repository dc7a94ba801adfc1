// The helm against the whole program: what it says is what the API says, an empty house greets its first call, and the way around
// goes by keys.
import { expect, test } from "bun:test";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { consoleFolder } from "../support/browser/browser.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, nothing } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import { FIRST_LOAD_BYTES_MAX } from "./support/judged/first-load.ts";
import { addressOf, press, pressTogether, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

/** That a busy machine keeps signals waiting is no part of this. */
const config = "alerts: { default_rules: { signal_lag: false } }";

describeConsole("the helm", { config }, (given) => {
  test("says what the API says of the last hour, the boundary and refusals", async () => {
    const page = await given.open({ page: "/" });
    await page.getByText("The house is in order").waitFor();
    await page.getByRole("img", { name: /^Observability Boundary/ }).waitFor();
    const { rows } = await given.app.client.figures.series({ bucket: "none", since_ms: Date.now() - 3_600_000 });
    const calls = rows.reduce((sum, row) => sum + row.records, 0);
    expect(calls).toBeGreaterThan(0);
    await page.getByText("Calls, last hour").locator("xpath=../..").getByText(String(calls), { exact: true }).waitFor();
    const { signals } = await given.app.client.boundary.get();
    const table = page.getByRole("table").filter({ hasText: "Lag of each signal" });
    expect(await table.getByRole("row").count()).toBe(signals.length + 1);
    await screenshot(page, "helm");
    await expectNoAxeViolations(page);
  });

  test("shows a kill switch at once, and leads to where it is lifted", async () => {
    const page = await given.open({ page: "/", theme: "dark", width: 390 });
    const thrown = await given.app.client.switches.throw({ kind: "model", name: "sim/nothing", reason: "a drill" });
    await page.getByText("One thing needs somebody now").waitFor();
    await expectNoAxeViolations(page);
    await page.getByRole("link", { name: "model sim/nothing is switched off" }).click();
    await page.getByRole("heading", { name: "Kill switches", level: 1 }).waitFor();
    await given.app.client.switches.lift({ id: thrown.id });
  });

  test("goes everywhere by keys, and finds pages and calls by name", async () => {
    const page = await given.open({ page: "/" });
    await pressTogether(page, "g", "c");
    await page.getByRole("heading", { name: "Calls", level: 1 }).waitFor();
    await press(page, "Control+k");
    await page.getByRole("combobox", { name: "Find a page, a record, a command" }).waitFor();
    await page.keyboard.type("config");
    await page.getByRole("option", { name: "Settings" }).and(page.locator("[data-highlighted]")).waitFor();
    await press(page, "Enter");
    await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
    const { settings } = await given.app.client.config();
    await page.getByText(`${settings.length} of ${settings.length}`).waitFor();
    await press(page, "/");
    await page.keyboard.type("embedded durable");
    await page.getByText(`1 of ${settings.length}`).waitFor();
    expect(page.url()).toContain("find=embedded");
    await expectNoAxeViolations(page);
    await page.getByRole("link", { name: "Storage" }).click();
    await page.getByText("Bodies are kept").waitFor();
    await expectNoAxeViolations(page);
  });

  test("needs no more of scripts for its first page than the bound", async () => {
    const page = await given.open({ as: "nobody", page: "/" });
    const files = await consoleFolder();
    await page.context().addCookies(await (await given.open({ page: "/settings" })).context().cookies());
    await page.goto(addressOf(given.app.url, "/"));
    await page.reload();
    await settled(page);
    await page.getByRole("heading", { name: "Helm", level: 1 }).waitFor();
    const fetched = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.endsWith(".js")),
    );
    const sizes = [...new Set(fetched)].map((path) => {
      const twin = join(files, `${path}.gz`);
      return existsSync(twin) ? statSync(twin).size : 0;
    });
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
  });
});

describeConsole("an empty house", { data: nothing }, (given) => {
  test("has lists that say how they fill, and can be used by everybody", async () => {
    const firsts = {
      "/traces": "No traces in this time",
      "/sessions": "No sessions in this time",
      "/users": "No users in this time",
      "/routes": "No routes yet",
    };
    for (const [path, words] of Object.entries(firsts)) {
      const page = await given.open({ page: path });
      await page.getByRole("heading", { name: words }).waitFor();
      await expectNoAxeViolations(page);
      await page.close();
    }
  });

  test("says how to make the first call, waits for it, and greets it", async () => {
    const page = await given.open({ page: "/" });
    await page.getByRole("heading", { name: "Make the first call" }).waitFor();
    await page.getByText("Waiting for the first call.").waitFor();
    await expectNoAxeViolations(page);
    await makeCall(given.app, { model: "sim/sim-small", messages: [{ role: "user", content: "Which way is north?" }] });
    await page.getByText("The first call is on the record.").waitFor();
    await page.getByRole("button", { name: "Open its record" }).click();
    await page.getByRole("heading", { name: "Calls", level: 1 }).waitFor();
    expect(page.url()).toContain("/calls/");
  });
});
