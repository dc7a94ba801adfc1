// Keys in the console against the whole program: listed, made with a snippet that works, rotated and revoked.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { formatUsd } from "../../console/src/format/figures.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { describeConsole } from "./support/describe-console.ts";
import { call, startStaffed, STAFFED_CONFIG } from "./support/house/staffed-house.ts";
import { focused, press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const listOf = (page: Page): Locator => page.getByRole("grid", { name: "Keys" });
const rowOf = (page: Page, name: string): Locator => listOf(page).getByRole("row").filter({ hasText: name });
const secretIn = (dialog: Locator): Promise<string> =>
  dialog.getByLabel("The secret.", { exact: false }).last().innerText();
const choose = async (page: Page, key: string, item: string): Promise<void> => {
  await page
    .getByRole("button", { name: `Actions for the key ${key}`, exact: true })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};

describeConsole("keys", { start: startStaffed, config: STAFFED_CONFIG }, (given) => {
  const keyNamed = async (name: string) => {
    const { keys } = await given.app.client.keys.list({ limit: 200 });
    const key = keys.find((each) => each.name === name);
    if (key === undefined) throw new Error(`no key is called ${name}`);
    return key;
  };

  test("are listed with whose they are, what they spent and how they stand, and found", async () => {
    const page = await given.open({ page: "/keys", width: 1920 });
    const { id } = await keyNamed("atlas ci");
    const { rows } = await given.app.client.figures.series({ key: id, bucket: "none", since_ms: 0 });
    expect(rows[0]?.cost_usd_micros).toBeGreaterThan(0);
    await rowOf(page, "atlas ci")
      .getByText(formatUsd(rows[0]?.cost_usd_micros ?? -1))
      .waitFor();
    expect(await rowOf(page, "over").count()).toBe(0);
    await screenshot(page, "keys");
    await page.getByText("expired", { exact: true }).click();
    await rowOf(page, "over").getByText("expired").waitFor();
    await page.getByText("all", { exact: true }).click();
    await press(page, "/");
    await page.keyboard.type("user:ada");
    await press(page, "Enter");
    await rowOf(page, "over").waitFor({ state: "detached" });
    await press(page, "j", "Enter");
    const drawer = page.getByRole("complementary", { name: "Key ada's own" });
    await drawer.getByText((await keyNamed("ada's own")).id).waitFor();
    expect(page.url()).toContain("find=user%3Aada");
  });

  test("one is made in one dialog by keyboard, its snippet works, and its first call is greeted", async () => {
    const page = await given.open({ page: "/keys?new=project:atlas" });
    const dialog = page.getByRole("dialog", { name: "New key" });
    await focused(dialog.getByLabel("Name", { exact: true }));
    await page.keyboard.type("pilot");
    await dialog.getByRole("button", { name: "Add a budget" }).press("Enter");
    await dialog.getByRole("group", { name: "Budget 1" }).getByLabel("At most").focus();
    await page.keyboard.type("5");
    await dialog.getByLabel("Models", { exact: false }).first().focus();
    await page.keyboard.type("sim/sim-instant");
    await press(page, "Enter");
    await dialog.getByRole("button", { name: "Create the key" }).press("Enter");
    const made = page.getByRole("dialog", { name: "The key pilot" });
    await made.getByText("sim/sim-instant").first().waitFor();
    const key = await keyNamed("pilot");
    expect(key).toMatchObject({ project: "atlas", roles: ["member"], models: ["sim/sim-instant"] });
    expect(key.budgets).toMatchObject([{ usd: 5, every: "month" }]);
    const snippet = await made.getByLabel("curl", { exact: true }).last().innerText();
    expect(snippet).toContain(`export BINNACLE_KEY=${await secretIn(made)}`);
    expect(snippet).toContain(`curl ${given.app.url}/v1/chat/completions`);
    await made.getByText("Waiting for its first call.").waitFor();
    const body: unknown = JSON.parse(/-d '(.*)'/.exec(snippet)?.[1] ?? "");
    expect((await call(given.app.url, await secretIn(made), body)).status).toBe(200);
    await made.getByText("Its first call is on the record.").waitFor();
    await screenshot(page, "key-made");
    for (const kit of ["OpenAI, Python", "OpenAI, JavaScript", "Anthropic, Python", "Vercel AI SDK", "LangChain"]) {
      await made.getByText(kit, { exact: true }).first().click();
      const code = await made.getByLabel(kit, { exact: true }).last().innerText();
      expect(code).toContain(given.app.url);
      expect(code).toContain("sim/sim-instant");
    }
    await made.getByRole("button", { name: "Done" }).click();
    await made.waitFor({ state: "detached" });
    await rowOf(page, "pilot").waitFor();
    expect(await page.content()).not.toContain("bk_");
  });

  test("one is rotated with an overlap, renamed, and the name taken back", async () => {
    const { url, client } = given.app;
    const { secret: before, id } = await client.keys.create({ name: "turner", team: "core" });
    const page = await given.open({ page: `/keys?open=${id}` });
    await choose(page, "turner", "Rotate");
    await page.getByLabel("The present secret goes on working for").selectOption({ label: "an hour" });
    await page.getByRole("button", { name: "Rotate the key" }).click();
    const made = page.getByRole("dialog", { name: "The new secret of turner" });
    await made.waitFor();
    const after = await secretIn(made);
    expect(after).not.toBe(before);
    expect([(await call(url, before)).status, (await call(url, after)).status]).toEqual([200, 200]);
    await press(page, "Escape");
    await choose(page, "turner", "Change");
    await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("returner");
    await page.getByRole("button", { name: "Change the key" }).click();
    // A toast that the pointer rests on stays.
    await page.getByRole("button", { name: "Undo" }).hover();
    await rowOf(page, "returner").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await rowOf(page, "returner").waitFor({ state: "detached" });
    expect((await keyNamed("turner")).team).toBe("core");
  });

  test("one is revoked after its name is typed, and its calls are refused", async () => {
    const { url, client } = given.app;
    const { secret } = await client.keys.create({ name: "leaked", user: "bo" });
    expect((await call(url, secret)).status).toBe(200);
    const page = await given.open({ page: "/keys" });
    await rowOf(page, "leaked").waitFor();
    await choose(page, "leaked", "Revoke");
    const dialog = page.getByRole("alertdialog", { name: "Revoke the key leaked" });
    await dialog.getByText("This cannot be taken back").waitFor();
    expect(await dialog.getByRole("button", { name: "Revoke the key" }).isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("leaked");
    await press(page, "Enter");
    await dialog.waitFor({ state: "detached" });
    await rowOf(page, "leaked").waitFor({ state: "detached" });
    expect((await call(url, secret)).status).toBe(401);
  });

  test("an auditor sees them and can change none", async () => {
    const { id } = await keyNamed("atlas ci");
    const page = await given.open({ as: "auditor", page: `/keys?open=${id}&new=key` });
    await page.getByRole("complementary", { name: "Key atlas ci" }).getByText(id).waitFor();
    await page.getByText("Your roles let you look at this, not change it.").waitFor();
    for (const name of [/^New key/, /^Actions for/]) expect(await page.getByRole("button", { name }).count()).toBe(0);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("can be used by everybody, light and dark, wide and narrow", async () => {
    const { id } = await keyNamed("atlas ci");
    for (const [theme, width] of [
      ["light", 1440],
      ["dark", 390],
    ] as const) {
      const page = await given.open({ page: `/keys?open=${id}`, theme, width });
      await page.getByRole("complementary", { name: "Key atlas ci" }).waitFor();
      await settled(page);
      await expectNoAxeViolations(page);
      await page.goto(`${given.app.url}/#/keys?new=team:core`);
      await page.getByRole("dialog", { name: "New key" }).getByLabel("Name of the team").waitFor();
      await settled(page);
      await expectNoAxeViolations(page);
      await screenshot(page, `key-new-${theme}-${width}`);
    }
  });
});
