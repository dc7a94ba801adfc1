// Teams and budgets in the console against the whole program: every figure the API's, changed by mouse and by keyboard, and by those alone who may.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { formatUsd } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { describeConsole } from "./support/describe-console.ts";
import { startStaffed, STAFFED_CONFIG } from "./support/house/staffed-house.ts";
import { press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const treeOf = (page: Page): Locator => page.getByRole("treegrid", { name: "Teams, projects, people and keys" });
const rowOf = (page: Page, name: string): Locator =>
  treeOf(page)
    .getByRole("row")
    .filter({ has: page.getByText(name, { exact: true }) });
const drawerOf = (page: Page, name: string): Locator => page.getByRole("complementary", { name });
const menuItem = async (page: Page, menu: string, item: string): Promise<void> => {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};

describeConsole("teams and budgets", { start: startStaffed, config: STAFFED_CONFIG }, (given) => {
  test("show what is left at each level, what was spent and what limits there are, as the API says", async () => {
    const { client } = given.app;
    const page = await given.open({ page: "/directory", width: 1920 });
    await rowOf(page, "atlas").getByText("active").waitFor();
    const budgetOfAtlas = async () =>
      (await client.budgets({ limit: 200 })).budgets.find(({ whose }) => whose === "project atlas");
    expect((await budgetOfAtlas())?.spent).toBeGreaterThan(0);
    // What is left grows when capacity is given back; the page asks again by itself.
    await until(async () => {
      const left = `${formatUsd((await budgetOfAtlas())?.left ?? -1)} of $2.000000`;
      return (await rowOf(page, "atlas").getByText(left).count()) === 1;
    });
    const { rows } = await client.figures.series({ project: "atlas", bucket: "none", since_ms: 0 });
    await rowOf(page, "atlas")
      .getByText(formatUsd(rows[0]?.cost_usd_micros ?? -1), { exact: true })
      .waitFor();
    await rowOf(page, "finance").getByText("$50.000000 of $50.000000").waitFor();
    expect(await rowOf(page, "core").innerText()).toMatch(/5\d\d of 600 requests\/minute|600 of 600 requests\/minute/);
    await screenshot(page, "directory");
    await rowOf(page, "atlas").click();
    const drawer = drawerOf(page, "Project atlas");
    await drawer.getByRole("meter", { name: "Money, in all" }).waitFor();
    await until(async () => {
      const spent = `${formatUsd((await budgetOfAtlas())?.spent ?? -1)} spent`;
      return (await drawer.getByText(spent).count()) > 0;
    });
    await drawer.getByRole("link", { name: "atlas ci" }).waitFor();
  });

  test("are gone through by keys: found, opened, closed, the open one in the address", async () => {
    const page = await given.open({ page: "/directory" });
    await rowOf(page, "atlas").waitFor();
    await press(page, "/");
    await page.keyboard.type("ada");
    await rowOf(page, "finance").waitFor({ state: "detached" });
    await press(page, "Enter", "j", "j", "j", "j", "Enter");
    await drawerOf(page, "User ada").waitFor();
    expect(page.url()).toContain("open=user%3Aada");
    await page.reload();
    await drawerOf(page, "User ada").getByText("developer").waitFor();
    await press(page, "Escape");
    await drawerOf(page, "User ada").waitFor({ state: "detached" });
    await rowOf(page, "ada's own").waitFor();
    // From the last row, a key of hers: to her, closed; to the people of the team, closed.
    await treeOf(page).focus();
    await press(page, "End", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
    await rowOf(page, "ada").waitFor({ state: "detached" });
  });

  test("a budget is changed, what is wrong with it is said at its field, and the change is taken back", async () => {
    const { client } = given.app;
    const budgetOf = async () => (await client.teams.get({ name: "finance" })).budgets;
    const before = await budgetOf();
    const page = await given.open({ page: "/directory?open=team:finance", tolerates: [/status of 400/] });
    await drawerOf(page, "Team finance").getByRole("button", { name: "Change" }).click();
    const dialog = page.getByRole("dialog", { name: "Change finance" });
    const amount = dialog.getByRole("group", { name: "Budget 1" }).getByLabel("At most");
    await amount.fill("2000000000");
    await dialog.getByRole("button", { name: "Change the team" }).click();
    await dialog.getByText("Too big", { exact: false }).first().waitFor();
    expect(await amount.getAttribute("aria-invalid")).toBe("true");
    expect(await budgetOf()).toEqual(before);
    await amount.fill("75");
    await press(page, "Enter");
    // A toast that the pointer rests on stays.
    await page.getByRole("button", { name: "Undo" }).hover();
    await dialog.waitFor({ state: "detached" });
    expect((await budgetOf())[0]?.usd).toBe(75);
    await drawerOf(page, "Team finance").getByText("of $75.000000 left").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await drawerOf(page, "Team finance").getByText("of $50.000000 left").waitFor();
    expect(await budgetOf()).toEqual(before);
  });

  test("a team is made and deleted; one that is named is not, and what would have been is told", async () => {
    const { client } = given.app;
    const page = await given.open({ page: "/directory", tolerates: [/status of 409/] });
    await menuItem(page, "New", "New team");
    await page.getByLabel("Name", { exact: true }).fill("short lived");
    await page.getByRole("button", { name: "Create the team" }).click();
    await drawerOf(page, "Team short lived").waitFor();
    await menuItem(page, "More for short lived", "Delete the team");
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete the team" }).click();
    await drawerOf(page, "Team short lived").waitFor({ state: "detached" });
    await until(async () => !(await client.teams.list({})).entries.some(({ name }) => name === "short lived"));
    // While the tree closes up, a click may meet another row.
    await rowOf(page, "short lived").waitFor({ state: "detached" });
    await rowOf(page, "core").click();
    await drawerOf(page, "Team core").waitFor();
    await menuItem(page, "More for core", "Delete the team");
    const dialog = page.getByRole("alertdialog", { name: "Delete the team core" });
    await dialog.getByText("1 project, 1 person still do").waitFor();
    await dialog.getByRole("button", { name: "Delete the team" }).click();
    await dialog.getByRole("alert").getByText("is named by keys, users or projects").waitFor();
    expect((await client.teams.get({ name: "core" })).name).toBe("core");
  });

  test("people are invited by a link that is shown once, and get roles", async () => {
    const { client } = given.app;
    const page = await given.open({ page: "/directory?tab=people" });
    await menuItem(page, "Actions for bo", "Invite");
    await page.getByRole("checkbox", { name: /^reviewer/ }).check();
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByRole("dialog", { name: "The invitation for bo" }).locator("pre").innerText();
    expect(link).toContain("#/invitation/");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("row").filter({ hasText: "bo" }).getByText("invited").waitFor();
    const { people } = await client.people.list({});
    expect(people.find(({ user }) => user === "bo")?.roles).toEqual(["reviewer"]);
    await page.getByRole("link", { name: "bo", exact: true }).click();
    const activity = drawerOf(page, "Person bo").getByRole("link", { name: "What they did" });
    expect(await activity.getAttribute("href")).toContain("#/users/bo");
  });

  test("an auditor sees all of it and can change nothing", async () => {
    const page = await given.open({ as: "auditor", page: "/directory?open=team:finance" });
    await drawerOf(page, "Team finance").getByText("of $50.000000 left").waitFor();
    await page.getByText("Your roles let you look at this, not change it.").waitFor();
    await page.getByRole("link", { name: "People", exact: true }).click();
    await page.getByRole("grid", { name: "People" }).getByText("ada").waitFor();
    for (const name of [/^New/, /^Change/, /^More for/, /^Actions for/])
      expect(await page.getByRole("button", { name }).count()).toBe(0);
  });

  test("can be used by everybody, light and dark, wide and narrow", async () => {
    for (const [theme, width] of [
      ["light", 1440],
      ["dark", 390],
    ] as const) {
      const page = await given.open({ page: "/directory?open=project:atlas", theme, width });
      await drawerOf(page, "Project atlas").getByRole("link", { name: "atlas ci" }).waitFor();
      await settled(page);
      await expectNoAxeViolations(page);
      await screenshot(page, `directory-${theme}-${width}`);
      if (width === 390) continue;
      await drawerOf(page, "Project atlas").getByRole("button", { name: "Change" }).click();
      await page.getByRole("dialog").getByRole("group", { name: "Budget 1" }).waitFor();
      await expectNoAxeViolations(page);
    }
  });
});
