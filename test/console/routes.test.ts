// Routes and vendors against the whole program: read, tried, edited, rolled back; by mouse and by keyboard.
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import { makeCall, stored } from "./support/data.ts";
import type { Data } from "./support/house/house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const config = `
gateway:
  routes:
    steady: { targets: ["sim/sim-small?error=503", sim/sim-instant] }
    house:
      strategy: conditional
      targets:
        - when: { team: legal }
          targets: [sim/sim-large, sim/sim-reasoning]
        - sim/sim-instant
`;

const ship = {
  strategy: "weighted",
  sticky_by: "user",
  targets: [
    { target: "sim/sim-large", weight: 5 },
    { weight: 95, targets: ["sim/sim-instant", "sim/sim-small"] },
  ],
};

const data: Data = async (house) => {
  await house.client.routes.put({ name: "ship", plan: ship });
  for (const model of ["steady", "steady", "steady", "steady", "steady", "steady", "ship", "house"])
    await makeCall(house, { model, messages: [{ role: "user", content: "Hello" }] });
  await stored(house, 8);
};

const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole("textbox", { name: "Plan of ship" }).click();
  await press(page, "Control+A", "Delete");
  await page.keyboard.insertText(text);
};

const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

describeConsole("routes and vendors", { config, data }, (given) => {
  find(given);
  look(given);
  change(given);
});

function find(given: ConsoleUnderTest): void {
  test("each part of a route is one tab, and only the one that is open is the current one", async () => {
    for (const [address, name] of [
      ["/routes/house", "Plan"],
      ["/routes/house?view=try", "Try a request"],
    ] as const) {
      const page = await given.open({ page: address });
      const tabs = page.getByRole("navigation", { name: "Route house" });
      await tabs.waitFor();
      expect(await tabs.locator("[aria-current=page]").allInnerTexts()).toEqual([name]);
    }
  });

  test("on a telephone a row shows a figure whole or not at all, and says what a bare one counts", async () => {
    const page = await given.open({ page: "/routes", width: 390, height: 800 });
    await rowOf(page, "steady").waitFor();
    expect(await rowOf(page, "steady").innerText()).toContain("Calls, 1 h 6");
    const figures = await page
      .getByRole("gridcell")
      .evaluateAll((cells) =>
        cells
          .filter(({ textContent }) => /^(Share|Failed|p95) /.test(textContent))
          .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
      );
    expect(figures.length).toBeGreaterThan(0);
    expect(Math.max(...figures)).toBe(0);
  });
}

function look(given: ConsoleUnderTest): void {
  test("the list has the API's figures of the last hour, and a row opens its route by the keyboard", async () => {
    const page = await given.open({ page: "/routes" });
    await rowOf(page, "steady").waitFor();
    const { rows } = await given.app.client.figures.series({ by: "route", bucket: "none", own: "true", limit: 1000 });
    const steady = rows.find(({ key }) => key["route"] === "steady");
    const all = rows.reduce((sum, { records }) => sum + records, 0);
    const cells = await rowOf(page, "steady").getByRole("gridcell").allInnerTexts();
    const text = cells.join(" | ");
    expect(text).toContain(String(steady?.records));
    expect(text).toContain((((steady?.records ?? 0) / all) * 100).toFixed(1));
    expect(text).toContain("config file");
    await expectNoAxeViolations(page);
    await press(page, "j", "Enter");
    await page.waitForURL(/#\/routes\/[a-z]+$/);
    await page.getByRole("heading", { name: "The same as a table" }).waitFor();
  });

  test("a plan is drawn, and its table has who answered and who is left alone", async () => {
    const page = await given.open({ page: "/routes/steady", theme: "dark" });
    await page.locator(".react-flow__node").nth(2).waitFor();
    const { calls } = await given.app.client.calls.list({ route: "steady", limit: 200 });
    const answered = calls.filter(({ answer }) => answer?.target === "sim/sim-instant").length;
    const table = page.getByRole("region", { name: "The plan as a table" });
    expect(await rowOf(page, "sim/sim-instant").innerText()).toContain(`${answered}\t100.0`);
    const { targets } = await given.app.client.targets();
    const failing = targets.find(({ target }) => target === "sim/sim-small?error=503");
    expect(failing).toMatchObject({ why: "failures_in_row" });
    expect(await table.innerText()).toContain("it failed several times in a row");
    await expectNoAxeViolations(page);
    await screenshot(page, "route-plan-dark");
  });

  test("a request is tried: the order with its reasons, and where a thousand like it would go", async () => {
    const page = await given.open({ page: "/routes/ship?view=try" });
    await page.getByLabel("Message of the user").fill("What is the time?");
    await page.getByRole("button", { name: "Explain" }).press("Enter");
    const table = page.getByRole("table", { name: "Calls by target" });
    await table.waitFor();
    const { attempts } = await given.app.client.routes.explain({
      request: { model: "ship", messages: [{ role: "user", content: "What is the time?" }] },
    });
    const steps = await page.getByRole("list").filter({ hasText: "sim/sim-large" }).first().innerText();
    for (const { target } of attempts) expect(steps).toContain(target);
    const counts = await table.locator("tbody td:nth-of-type(1)").allInnerTexts();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(1000);
    await expectNoAxeViolations(page);
  });
}

function change(given: ConsoleUnderTest): void {
  test("an edit is refused in the server's words at their lines, saved as it was tried, and taken back by a toast", async () => {
    const page = await given.open({ page: "/routes/ship?view=edit", tolerates: [/status of 400/] });
    await write(page, "strategy: order\ntargets:\n  - { target: sim/sim-small, weight: 3 }\n");
    await page.getByRole("button", { name: "See what would change" }).click();
    await page.getByText("targets.0.weight: goes with").waitFor();
    await page.getByRole("button", { name: "Line 3" }).waitFor();
    const text = "strategy: order\ntargets: [sim/sim-small]\n";
    await write(page, text);
    await page.getByRole("button", { name: "See what would change" }).click();
    const changes = page.getByRole("list", { name: "Changes" });
    await changes.waitFor();
    const { changes: told, revision_before: before } = await given.app.client.routes.put({
      name: "ship",
      plan: { strategy: "order", targets: ["sim/sim-small"] },
      dry_run: true,
    });
    expect((await changes.innerText()).split("\n")).toEqual(told);
    await expectNoAxeViolations(page);
    await page.getByRole("button", { name: "Save the plan" }).click();
    // A toast that the pointer rests on stays.
    await page.getByRole("button", { name: "Undo" }).hover();
    await page.getByText(`ship is at revision ${before + 1}`).waitFor();
    expect((await given.app.client.routes.get({ name: "ship" })).targets).toEqual(["sim/sim-small"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await given.app.client.routes.get({ name: "ship" })).strategy === "weighted");
  });

  test("a route is rolled back from its history, once the reader has seen what that changes", async () => {
    const { client } = given.app;
    const changed = await client.routes.put({ name: "ship", plan: { targets: ["sim/sim-large"] } });
    const revision = changed.revision_before;
    const page = await given.open({ page: "/routes/ship?view=history" });
    await page.getByRole("button", { name: `Roll back to ${revision}`, exact: true }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("list", { name: "Changes" }).waitFor();
    await expectNoAxeViolations(page);
    await dialog.getByRole("button", { name: "Roll back" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await client.routes.get({ name: "ship" })).strategy).toBe("weighted");
  });

  test("a route is only read by an auditor, and one of the file by everybody, with its place", async () => {
    const page = await given.open({ page: "/routes/ship?view=edit", as: "auditor" });
    await page.getByText("You may read routes, and not change them.").waitFor();
    expect(await page.getByRole("button", { name: "Delete the route" }).count()).toBe(0);
    const own = await given.open({ page: "/routes/house?view=edit" });
    await own.getByText("This route stands in the configuration file").waitFor();
    expect(await own.getByRole("button", { name: "See what would change" }).count()).toBe(0);
  });

  test("vendors are told with what calls to them came to, on a telephone too", async () => {
    const page = await given.open({ page: "/routes?tab=vendors", width: 390, height: 800 });
    const panel = page.getByRole("region", { name: "sim", exact: true });
    await panel.waitFor();
    const { rows } = await given.app.client.figures.series({ by: "vendor", bucket: "none", own: "true" });
    const records = rows.find(({ key }) => key["vendor"] === "sim")?.records;
    expect(await panel.innerText()).toContain(`${records} calls`);
    await page.getByText("sim/sim-small?error=503").first().waitFor();
    await expectNoAxeViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
}
