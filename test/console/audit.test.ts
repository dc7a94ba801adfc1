import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { aFewCalls } from "./support/data.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import type { Data } from "./support/house/house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";
import { until } from "../support/until.ts";

const PROOF = /\/audit\/entries\/[^/]+\/proof$/;

/** Calls, a few changes, and all of it signed. */
const aTrail: Data = async (app) => {
  for (const name of ["apollo", "hermes", "athena"]) await app.client.projects.create({ name });
  await aFewCalls(app);
  await until(async () => {
    // Calls come to the trail by batches, of which the first may be without the last call.
    const { calls } = await app.client.calls.list({ outcome: "ok", limit: 1 });
    const { entries } = await app.client.audit.list({ call: calls[0]?.id ?? "", limit: 1 });
    const { waiting, checkpoint } = await app.client.audit.state();
    return entries.length > 0 && waiting === 0 && checkpoint !== null;
  });
};

const drawerOf = (page: Page): Locator => page.getByRole("complementary", { name: "Audit entry" });
const stepsOf = (page: Page): Locator => drawerOf(page).locator("li[data-state]");
const rootIn = (checkpoint: string): string => checkpoint.split("\n")[2] ?? "";

describeConsole("the audit trail", { data: aTrail }, (given) => {
  test("is narrowed by keyboard, and an entry of it is opened and proven by keys alone", () => proveByKeys(given));

  test("is not believed where an answer was changed on its way", async () => {
    const page = await given.open({ page: "/audit?action=project.create", as: "auditor", theme: "dark" });
    await page.route(PROOF, async (route) => {
      const response = await route.fetch();
      const body = await response.text();
      await route.fulfill({ response, body: body.replaceAll("project.create", "project.delete") });
    });
    await page.getByRole("grid", { name: "Audit trail" }).getByText("project.create").first().click();
    await drawerOf(page).getByRole("button", { name: "Verify" }).click();
    await drawerOf(page).getByText("not proven", { exact: true }).waitFor();
    expect(await drawerOf(page).locator("li[data-state=fail]").allInnerTexts()).toEqual([
      expect.stringContaining("Other than shown: action."),
      expect.stringContaining("as it was signed"),
    ]);
    await expectNoAxeViolations(page);
  });

  test("proves a call through its batch", async () => {
    const { calls } = await given.app.client.calls.list({ outcome: "ok", limit: 1 });
    const id = calls[0]?.id ?? "";
    const page = await given.open({ page: `/audit?open=${id}`, as: "auditor" });
    await drawerOf(page).getByRole("button", { name: "Verify" }).click();
    await drawerOf(page).getByText("proven", { exact: true }).waitFor();
    const { batch } = await given.app.client.audit.show({ id });
    if (batch === null) throw new Error("the call stands in no batch");
    expect(await stepsOf(page).count()).toBe(6);
    expect(await stepsOf(page).nth(1).innerText()).toContain(`Call ${batch.number + 1} of ${batch.count}`);
    await drawerOf(page).getByRole("link", { name: "Open the call" }).waitFor();
  });

  test("is verified whole and held against an older checkpoint by an auditor, who can change nothing", () =>
    verifyTheWhole(given));

  test("tells a checkpoint of another root apart", async () => {
    const { checkpoint } = await given.app.client.audit.state();
    const root = rootIn(checkpoint ?? "");
    const other = (checkpoint ?? "").replace(root, `${root.startsWith("A") ? "B" : "A"}${root.slice(1)}`);
    const page = await given.open({ page: "/audit?tab=tree", as: "auditor", theme: "dark" });
    await page.getByLabel("Older checkpoint, or a size").fill(other);
    await page.getByRole("button", { name: "Hold it against the tree of now" }).click();
    await page.getByText("does not hold").first().waitFor();
    await expectNoAxeViolations(page);
  });

  test("is signed by a new key where its owner says so, and both keys are named", async () => {
    const page = await given.open({ page: "/audit?tab=tree" });
    await page.getByRole("button", { name: "What can be done about the tree" }).click();
    await page.getByRole("menuitem", { name: "Sign with a new key" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Sign with a new key" }).click();
    await page.getByRole("alertdialog").waitFor({ state: "detached" });
    const { keys } = await given.app.client.audit.state();
    expect(keys).toHaveLength(2);
    for (const key of keys) await page.getByText(key, { exact: true }).waitFor();
  });
});

async function proveByKeys(given: ConsoleUnderTest): Promise<void> {
  const page = await given.open({ page: "/audit", as: "auditor" });
  const list = page.getByRole("grid", { name: "Audit trail" });
  await list.getByText("project.create").first().waitFor();
  await press(page, "/");
  await page.keyboard.type("project.create");
  await press(page, "Enter", "Escape");
  const { entries } = await given.app.client.audit.list({ action: "project.create", limit: 10 });
  await until(async () => (await list.getByRole("row").count()) === entries.length + 1);
  expect(page.url()).toContain("action=project.create");
  await press(page, "j", "Enter");
  await drawerOf(page).getByRole("button", { name: "Verify" }).waitFor();
  const answered = page.waitForResponse(PROOF);
  await press(page, "v");
  await drawerOf(page).getByText("proven", { exact: true }).waitFor();
  const { checkpoint } = (await (await answered).json()) as { checkpoint: string };
  expect(await stepsOf(page).evaluateAll((steps) => steps.map((step) => step.dataset["state"]))).toEqual(
    Array.from({ length: 5 }, () => "ok"),
  );
  expect(await stepsOf(page).nth(3).innerText()).toContain(rootIn(checkpoint));
  const opened = new URL(page.url().replace("#", "")).searchParams.get("open") ?? "";
  const shown = await given.app.client.audit.show({ id: opened });
  expect(await drawerOf(page).innerText()).toContain(String(shown.resource.id));
  await expectNoAxeViolations(page);
  await screenshot(page, "audit-entry");
  await press(page, "Escape");
  await drawerOf(page).waitFor({ state: "detached" });
}

async function verifyTheWhole(given: ConsoleUnderTest): Promise<void> {
  const before = await given.app.client.audit.state();
  await given.app.client.projects.create({ name: "later" });
  await until(async () => (await given.app.client.audit.state()).size > before.size);
  const page = await given.open({ page: "/audit?tab=tree", as: "auditor" });
  const answered = page.waitForResponse(/\/audit\/verify$/);
  await page.getByRole("button", { name: "Verify the whole trail", exact: true }).click();
  const { entries } = (await (await answered).json()) as { entries: number };
  await page.getByText(`${entries} entries are as they were signed.`).waitFor();
  await page.getByLabel("Older checkpoint, or a size").fill(before.checkpoint ?? "");
  await page.getByRole("button", { name: "Hold it against the tree of now" }).click();
  await page.getByText(`nothing before ${before.size} was changed since`).waitFor();
  expect(await page.getByRole("button", { name: "What can be done about the tree" }).count()).toBe(0);
  await expectNoAxeViolations(page);
  await screenshot(page, "audit-tree");
}
