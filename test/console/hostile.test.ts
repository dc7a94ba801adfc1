// Texts from outside that mean harm: shown as what they are. That nothing of them runs or asks another host is what every page is
// held to when a test ends (support/watch.ts).
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { until } from "../support/until.ts";
import { nothing } from "./support/data.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import {
  deepJson,
  longText,
  makeBrokenCall,
  makeHostileCall,
  makeToolCall,
  MISLEADING,
  PICTURES,
  RAN,
  SCRIPTS,
} from "./support/hostile.ts";
import { press } from "./support/open-console.ts";

const MIB = 1024 * 1024;

/** Opens a record, and looks at all of it: what was said, with what there is to unfold, then the bodies as they were stored. */
async function openWhole(given: ConsoleUnderTest, id: string): Promise<Page> {
  await until(async () => (await given.app.client.calls.list({ limit: 200 })).calls.some((call) => call.id === id));
  const page = await given.open({ page: `/calls/${id}` });
  const record = page.getByRole("complementary", { name: "Record of a call" });
  await record.getByRole("heading", { name: "Conversation" }).waitFor();
  await clickAll(record.getByRole("button", { name: /^Show / }));
  await record.getByText("Formatted", { exact: true }).click();
  await expectFits(page);
  await record.getByText("Text", { exact: true }).click();
  await record.getByRole("link", { name: "Raw" }).click();
  await record.getByRole("heading", { name: "As it was stored" }).waitFor();
  await clickAll(record.getByRole("button", { name: /^Show / }));
  await expectFits(page);
  await record.getByRole("link", { name: "Conversation" }).click();
  await record.getByRole("heading", { name: "Conversation" }).waitFor();
  return page;
}

/** One after the other, for each is another once it was clicked. A long text is unfolded a few times. */
async function clickAll(found: Locator): Promise<void> {
  for (let clicks = 0; clicks < 4 && (await found.count()) > 0; clicks += 1) await found.first().click();
}

/** Nothing of it sticks out, has got hold of the page, or was fetched. */
async function expectFits(page: Page): Promise<void> {
  expect(await page.title()).not.toBe(RAN);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await page.locator("iframe, img[src^=http], object, embed, base, meta[http-equiv=refresh]").count()).toBe(0);
}

/** It takes keys, draws, and fits. */
async function expectUnharmed(page: Page): Promise<void> {
  await expectFits(page);
  await press(page, "Escape");
  await page.getByRole("complementary", { name: "Record of a call" }).waitFor({ state: "detached" });
}

describeConsole("a record that means harm", { data: nothing }, (given) => {
  test("runs no script, whichever way it is written", async () => {
    const page = await openWhole(given, await makeHostileCall(given.app, [SCRIPTS, SCRIPTS]));
    const record = page.getByRole("complementary", { name: "Record of a call" });
    expect(await record.innerText()).toContain(SCRIPTS.split("\n")[0] ?? "");
    expect(await record.locator("a[href^='javascript:']").count()).toBe(0);
    await expectUnharmed(page);
  });

  test("fetches no picture, style or page", async () => {
    const page = await openWhole(given, await makeHostileCall(given.app, [PICTURES]));
    expect(await page.locator("main").innerText()).toContain("https://pictures.example/bare-link.png");
    await expectUnharmed(page);
  });

  test("has its control characters and directions kept within it", async () => {
    const page = await openWhole(given, await makeHostileCall(given.app, [MISLEADING]));
    const record = page.getByRole("complementary", { name: "Record of a call" });
    expect(await record.innerText()).toContain("[31mred");
    await expectUnharmed(page);
  });

  test("shows JSON a thousand deep, and text that is not UTF-8", async () => {
    await expectUnharmed(await openWhole(given, await makeToolCall(given.app, deepJson(1000))));
    await expectUnharmed(await openWhole(given, await makeHostileCall(given.app, [deepJson(1000)])));
    await expectUnharmed(await openWhole(given, await makeBrokenCall(given.app)));
  });

  test("answers keys with a megabyte in it, without a place to break a line", async () => {
    await expectUnharmed(await openWhole(given, await makeHostileCall(given.app, [longText(MIB - 2000)])));
  });

  test("says where it is too long to be kept, in the conversation as in the body", async () => {
    const page = await openWhole(given, await makeHostileCall(given.app, [longText(10 * MIB)]));
    const record = page.getByRole("complementary", { name: "Record of a call" });
    await record.getByText("The request is longer than what is kept of one").waitFor();
    await record.getByRole("link", { name: "Raw" }).click();
    await record.getByText("10.5 MB, cut at the configured bound").waitFor();
    await expectUnharmed(page);
  });

  test("does all this in the list as well, as the name of a model", async () => {
    for (const model of [SCRIPTS.slice(0, 200), MISLEADING.slice(0, 200), longText(5000)])
      await (await given.app.chat({ model, messages: [{ role: "user", content: "x" }] })).arrayBuffer();
    const page = await given.open({ page: "/calls", width: 390 });
    await page.getByText(SCRIPTS.slice(0, 20)).first().waitFor();
    expect(await page.title()).not.toBe(RAN);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
