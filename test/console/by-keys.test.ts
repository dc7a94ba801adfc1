// The main task of pages by keys alone: what is pressed is all that happens to the page; no pointer, and nothing is focused for it.
import { expect, test } from "bun:test";
import { until } from "../support/until.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import { SESSION, startWithSession } from "./support/house/session-calls.ts";
import { chooseItem, enter, write } from "./support/keys.ts";
import { press, settled, tabTo } from "./support/open-console.ts";

const CONFIG = `
vault: { enabled: true }
guardrails:
  policies:
    personal-data:
      checks: [{ kinds: [email], mode: mask }]
`;

describeConsole("by keys alone", { start: startWithSession, config: CONFIG }, (given) => {
  test("a session is opened from the list", async () => {
    const page = await given.open({ page: "/sessions" });
    await page.getByRole("row").filter({ hasText: SESSION }).waitFor();
    await press(page, "j", "Enter");
    await page.getByRole("heading", { level: 1, name: SESSION }).waitFor();
  });

  test("a setting is found and opened", async () => {
    const page = await given.open({ page: "/settings" });
    await press(page, "/");
    await page.keyboard.type("vault.enabled");
    await page.getByRole("row").filter({ hasText: "vault.enabled" }).waitFor();
    await settled(page);
    await tabTo(page, page.getByRole("grid", { name: "Settings" }));
    await press(page, "j", "Enter");
    const drawer = page.getByRole("complementary", { name: "Setting" });
    await drawer.getByText("vault.enabled").first().waitFor();
    await press(page, "Escape");
    await drawer.waitFor({ state: "detached" });
  });

  test("costs are told by another dimension, and narrowed to a row", async () => {
    const page = await given.open({ page: "/cost" });
    await tabTo(page, page.getByRole("combobox", { name: "By", exact: true }));
    // One letter, for a second one that comes late begins another word.
    await page.keyboard.type("V");
    await page.waitForURL(/by=vendor/);
    // Until its rows come, those of before stand there.
    await page.getByRole("grid", { name: "Costs by vendor" }).getByText("sim", { exact: true }).waitFor();
    await tabTo(page, page.getByRole("grid", { name: "Costs by vendor" }));
    await press(page, "j", "Enter");
    await page.waitForURL(/vendor=sim/);
  });

  test("a text is tried on the guardrails", async () => {
    const page = await given.open({ page: "/guardrails?tab=try" });
    await write(page, page.getByRole("textbox", { name: "Text" }), "Mail ada@example.com");
    await enter(page, page.getByRole("button", { name: "Check" }));
    await page.locator("mark").waitFor();
    expect(await page.locator("mark").allInnerTexts()).toEqual(["ada@example.com"]);
  });

  test("a model is switched off, and on again", () => switchOff(given));

  test("a report is made, and data is held", () => makeReport(given));

  test("an alert is silenced beforehand", async () => {
    const page = await given.open({ page: "/alerts?tab=silences" });
    await enter(page, page.getByRole("button", { name: "New silence" }));
    const dialog = page.getByRole("dialog");
    await write(page, dialog.getByRole("textbox", { name: "Why" }), "the vendor moves house");
    await write(page, dialog.getByRole("textbox", { name: "Values of rule" }), "signal_*");
    await press(page, "Enter");
    await enter(page, dialog.getByRole("button", { name: "Silence" }));
    const row = page.getByRole("row").filter({ hasText: "the vendor moves house" });
    await row.getByText("rule signal_*").waitFor();
    expect((await given.app.client.alerts.silences.list()).silences).toHaveLength(1);
  });

  test("a team is made with a budget", async () => {
    const page = await given.open({ page: "/directory" });
    await enter(page, page.getByRole("button", { name: "New", exact: true }));
    await chooseItem(page, "New team");
    const dialog = page.getByRole("dialog");
    await write(page, dialog.getByLabel("Name", { exact: true }), "deck");
    await enter(page, dialog.getByRole("button", { name: "Add a budget" }));
    await write(page, dialog.getByRole("group", { name: "Budget 1" }).getByLabel("At most"), "5");
    await press(page, "Enter");
    await page.getByRole("complementary", { name: "Team deck" }).getByText("of $5.000000 left").waitFor();
    expect((await given.app.client.teams.get({ name: "deck" })).budgets).toMatchObject([{ usd: 5 }]);
  });
});

async function switchOff({ app, open }: ConsoleUnderTest): Promise<void> {
  const page = await open({ page: "/switches" });
  await enter(page, page.getByRole("button", { name: "Switch something off" }));
  const asks = page.getByRole("dialog");
  await write(page, asks.getByRole("combobox", { name: "Name" }), "sim/nothing");
  await press(page, "Tab");
  await write(page, asks.getByRole("textbox", { name: "Reason" }), "a drill");
  await enter(page, asks.getByRole("button", { name: "Go on" }));
  await write(page, page.getByRole("alertdialog").getByRole("textbox"), "sim/nothing");
  await press(page, "Enter");
  await page.getByRole("listitem").filter({ hasText: "the model sim/nothing" }).waitFor();
  expect((await app.client.switches.list({})).switches.map(({ name }) => name)).toEqual(["sim/nothing"]);
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  await enter(page, page.getByRole("button", { name: /^Lift/ }));
  await enter(page, page.getByRole("button", { name: "Lift the switch", exact: true }));
  await page.getByText("Nothing is switched off.").waitFor();
  expect((await app.client.switches.list({})).switches).toEqual([]);
}

async function makeReport({ app, open }: ConsoleUnderTest): Promise<void> {
  const page = await open({ page: "/compliance" });
  await enter(page, page.getByRole("link", { name: /^SOC 2/ }));
  await enter(page, page.getByRole("button", { name: "Make the report" }));
  await page.getByRole("term").filter({ hasText: "evidence not there" }).waitFor();
  await enter(page, page.getByRole("link", { name: "Vault, erasures and holds" }).last());
  await enter(page, page.getByRole("button", { name: "Hold data" }));
  const dialog = page.getByRole("dialog", { name: "Hold data" });
  await write(page, dialog.getByLabel("User"), "ann");
  await write(page, dialog.getByLabel("Reason"), "case 9");
  await enter(page, dialog.getByRole("button", { name: "Hold the data" }));
  await until(async () => (await app.client.vault.holds({})).holds.some(({ reason }) => reason === "case 9"));
  await page.getByRole("row").filter({ hasText: "case 9" }).getByText("stands").waitFor();
}
