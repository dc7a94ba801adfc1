// The page of calls against the whole program: reading the list, narrowing it, by mouse and by keyboard.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, nothing, stored } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Data } from "./support/house/house.ts";
import { focused, press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const ask = (content: string, more: object = {}): object => ({
  model: "sim/sim-small",
  messages: [{ role: "user", content }],
  ...more,
});
const ASKED = ask("What is the time?");

const rowsOf = (page: Page): Locator => page.locator("[role=grid] [id^='call-']");
const recordOf = (page: Page): Locator => page.getByRole("complementary", { name: "Record of a call" });
const filterOf = (page: Page): Locator => page.getByRole("combobox", { name: "Filter" });
const shownIds = (page: Page): Promise<string[]> =>
  rowsOf(page).evaluateAll((rows) => rows.map(({ id }) => id.replace("call-", "")));

/** Calls of two models, and of one that nobody knows. */
const someCalls: Data = async (app) => {
  for (let index = 0; index < 6; index += 1) await makeCall(app, ask(`Say the number ${index}.`));
  for (let index = 0; index < 2; index += 1) await makeCall(app, ask("Think about it.", { model: "sim/sim-large" }));
  for (let index = 0; index < 3; index += 1) await makeCall(app, ask("Hello?", { model: "nobody/knows-this" }));
  await stored(app, 11);
};

/** Waits until the list is what the API says to the same question. */
async function expectListed(page: Page, ids: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("[role=grid] [id^='call-']")].map(({ id }) => id.replace("call-", "")).join() ===
      wanted,
    ids.join(),
  );
}

describeConsole("the list of calls", { data: someCalls }, (given) => {
  const idsBy = async (query: { filter?: string; outcome?: "refused" }): Promise<string[]> =>
    (await given.app.client.calls.list({ limit: 100, ...query })).calls.map(({ id }) => id);

  test("has what the API has, newest first, and what comes in while one looks", async () => {
    const page = await given.open({ page: "/calls" });
    await expectListed(page, await idsBy({}));
    await expectNoAxeViolations(page);
    const response = await makeCall(given.app, ASKED);
    await page.locator(`#call-${response.headers.get("x-binnacle-call-id")}`).waitFor();
    await screenshot(page, "calls");
  });

  test("is gone through by j and k, opened by Enter, closed by Escape", async () => {
    const page = await given.open({ page: "/calls" });
    await rowsOf(page).nth(2).waitFor();
    const [, second = ""] = await shownIds(page);
    await press(page, "j", "j", "j", "k", "Enter");
    await recordOf(page).getByRole("heading", { name: "Conversation" }).waitFor();
    expect(page.url()).toEndWith(`#/calls/${second}`);
    await press(page, "j");
    await page.waitForURL((url) => !url.hash.includes(second));
    await press(page, "Escape");
    await recordOf(page).waitFor({ state: "detached" });
    expect(new URL(page.url()).hash).toBe("#/calls");
    await focused(page.getByRole("grid"));
  });

  test("says its keys when asked by ?, and closes that again", async () => {
    const page = await given.open({ page: "/calls" });
    await rowsOf(page).first().waitFor();
    await press(page, "?");
    const help = page.getByRole("dialog");
    await help.getByRole("heading", { name: "Keys and commands" }).waitFor();
    await expectNoAxeViolations(page);
    await press(page, "Escape");
    await help.waitFor({ state: "hidden" });
  });

  test("is narrowed by outcome, which the address keeps for whoever is given it", async () => {
    const page = await given.open({ page: "/calls" });
    await rowsOf(page).first().waitFor();
    await page.getByText("refused", { exact: true }).first().click();
    await page.waitForURL(/outcome=refused/);
    await expectListed(page, await idsBy({ outcome: "refused" }));
    await page.reload();
    await settled(page);
    await expectListed(page, await idsBy({ outcome: "refused" }));
  });

  test("is narrowed by a filter that completes itself, by keyboard alone", async () => {
    const page = await given.open({ page: "/calls" });
    await rowsOf(page).first().waitFor();
    await press(page, "/");
    await filterOf(page).pressSequentially("mod");
    await page.getByRole("option", { name: /^model:/ }).waitFor();
    // While the list is open, all else is kept from screen readers, so that they read the list.
    await expectNoAxeViolations(page, { but: ["aria-hidden-focus", "page-has-heading-one", "region"] });
    await press(page, "ArrowDown", "Enter");
    await page.getByRole("option", { name: /sim-large/ }).waitFor();
    await filterOf(page).pressSequentially("lar");
    await press(page, "ArrowDown", "Enter");
    await page.waitForURL(/filter=model/);
    expect(await filterOf(page).inputValue()).toBe("model:sim/sim-large");
    const ids = await idsBy({ filter: "model:sim/sim-large" });
    expect(ids.length).toBeGreaterThan(1);
    await expectListed(page, ids);
    await screenshot(page, "calls-filter");
  });

  test("says in the server's words what is wrong with a filter, and how filters are written", async () => {
    const page = await given.open({ page: "/calls", tolerates: [/status of 400/] });
    await filterOf(page).fill("modle:x");
    await press(page, "Enter");
    await page.getByText('The filter names a field "modle" at character 1, and there is none.').waitFor();
    expect(await filterOf(page).getAttribute("aria-invalid")).toBe("true");
    await expectNoAxeViolations(page);
    await page.getByRole("button", { name: "NOT outcome:ok" }).click();
    await expectListed(page, await idsBy({ filter: "NOT outcome:ok" }));
    expect(await filterOf(page).getAttribute("aria-invalid")).toBeNull();
  });

  test("shows of what comes in only what the filter finds", async () => {
    const filter = "model:*large AND NOT outcome:refused";
    const page = await given.open({ page: `/calls?filter=${encodeURIComponent(filter)}` });
    const before = await idsBy({ filter });
    expect(before.length).toBeGreaterThan(1);
    await expectListed(page, before);
    await page.locator("[data-connection=live]").waitFor();
    await makeCall(given.app, ASKED);
    const response = await makeCall(given.app, ask("And this?", { model: "sim/sim-large" }));
    await expectListed(page, [response.headers.get("x-binnacle-call-id") ?? "none", ...before]);
  });

  test("teaches where nothing is found, and shows all again", async () => {
    const page = await given.open({ page: "/calls?filter=model:nosuch&range=1h", theme: "dark" });
    await page.getByRole("heading", { name: /No call in the last hour matches model:nosuch/ }).waitFor();
    await expectNoAxeViolations(page);
    await page.getByRole("button", { name: "Show all calls" }).click();
    await page.waitForURL(/#\/calls$/);
    await rowsOf(page).first().waitFor();
  });

  test("is saved as a view under a name, and comes back by it", async () => {
    const page = await given.open({ page: "/calls?outcome=refused&filter=model:nobody*" });
    await page.getByRole("button", { name: "Saved views" }).click();
    await page.getByRole("menuitem", { name: "Save this view" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Nobody knows");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved the view Nobody knows.").waitFor();
    const { views } = await given.app.client.views.list({ page: "calls" });
    expect(views.map(({ name, search }) => ({ name, search }))).toEqual([
      { name: "Nobody knows", search: "outcome=refused&filter=model%3Anobody*" },
    ]);
    const other = await given.open({ page: "/calls" });
    await other.getByRole("button", { name: "Saved views" }).click();
    await other.getByRole("menuitem", { name: "Nobody knows" }).click();
    await expectListed(other, await idsBy({ outcome: "refused", filter: "model:nobody*" }));
  });

  test("never scrolls sideways, from 320 pixels to ultrawide", async () => {
    const page = await given.open({ page: "/calls" });
    await rowsOf(page).first().waitFor();
    for (const width of [320, 768, 1100, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    }
  });

  test("says that the line is broken, lists all the same, and is live again by itself", async () => {
    const page = await given.open({ page: "/users", tolerates: [/ERR_FAILED/] });
    await page.context().route("**/api/v1/calls/live", (route) => route.abort());
    await page.evaluate("location.hash = '#/calls'");
    await page.getByText("Reconnecting").first().waitFor();
    await rowsOf(page).first().waitFor();
    await page.context().unroute("**/api/v1/calls/live");
    await page.locator("[data-connection=live]").waitFor();
  });
});

describeConsole("an empty record", { data: nothing }, (given) => {
  test("says how to make the first call, and greets it", async () => {
    const page = await given.open({ page: "/calls" });
    await page.getByRole("heading", { name: "Make the first call" }).waitFor();
    await expectNoAxeViolations(page);
    await makeCall(given.app, ASKED);
    await page.getByText("The first call is on the record.").waitFor();
  });
});
