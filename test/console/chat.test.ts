// The household's chat against the whole program, as a child and a member see it.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { CallDetail, CallSummary } from "../../src/ledger/contract.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { describeConsole } from "./support/describe-console.ts";
import { QUESTIONS_A_DAY, startHousehold } from "./support/house/household.ts";
import { RAN, SCRIPTS } from "./support/hostile.ts";
import { focused, type OpenOptions, press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const question = (page: Page): Locator => page.getByLabel("Your question");
const turns = (page: Page): Locator => page.getByRole("list", { name: "The conversation" }).locator("> li");

/** What stands there is sent once it can be: who answers is known, and the answer before has ended. */
async function send(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send", disabled: false }).waitFor();
  await press(page, "Enter");
}

async function ask(page: Page, text: string): Promise<void> {
  await question(page).fill(text);
  await send(page);
}

/** A conversation that was begun a moment ago may not be on record yet: the page asks, and goes on without. */
const NOT_YET = /status of 404.*\/api\/v1\/sessions\//;

describeConsole("the chat", { start: startHousehold }, (given) => {
  const open = (options: OpenOptions): Promise<Page> =>
    given.open({ ...options, tolerates: [NOT_YET, ...(options.tolerates ?? [])] });
  const recorded = async (count: number, asked: string): Promise<CallDetail> => {
    let calls: CallSummary[] = [];
    await until(async () => {
      ({ calls } = await given.app.client.calls.list({ filter: `user:${asked}` }));
      return calls.length >= count;
    });
    return given.app.client.calls.get({ id: calls[0]?.id ?? "" });
  };

  test("is all that a child is shown, and answers what is typed, one conversation on record", async () => {
    const page = await open({ as: "child" });
    await page.waitForURL(/\/chat/);
    await focused(question(page));
    await page.keyboard.type("Why is the sea salty?");
    await send(page);
    await turns(page).first().getByText("rivers").waitFor();
    await page.keyboard.type("And lakes?");
    await send(page);
    await turns(page).nth(1).getByText("rivers").waitFor();
    const call = await recorded(2, "child");
    expect(call.session).toBe(new URL(page.url().replace("#/", "")).searchParams.get("conversation"));
    expect(call.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
    const link = turns(page).first().getByRole("link", { name: "the tides" });
    expect([await link.getAttribute("rel"), await link.getAttribute("target")]).toEqual([
      "noopener noreferrer",
      "_blank",
    ]);
    await expectNoAxeViolations(page);
    await screenshot(page, "chat");
    await page.reload();
    await turns(page).nth(1).getByText("And lakes?").waitFor();
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByText("What would you like to know?").waitFor();
    await page
      .getByRole("region", { name: "Earlier conversations" })
      .getByRole("button", { name: /And lakes/ })
      .click();
    await turns(page).first().getByText("Why is the sea salty?").waitFor();
  });

  test("moves nothing away from under a click when the limits come late", async () => {
    const page = await open({ as: "child", page: "/chat" });
    const earlier = page.getByRole("region", { name: "Earlier conversations" }).getByRole("button").first();
    const limits = page.getByRole("region", { name: "Your limits" });
    await ask(page, "Which way is north?");
    await turns(page).first().getByText("rivers").waitFor();
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route("**/session/limits", async (route) => {
      await held;
      await route.continue();
    });
    const listed = page.waitForResponse(/\/sessions\?/);
    await page.reload();
    await listed;
    await settled(page);
    expect([await limits.count(), await earlier.count()]).toEqual([0, 0]);
    letGo();
    await limits.waitFor();
    await earlier.waitFor();
  });

  test("has the limits of whoever asks in view, as the API has them", async () => {
    const page = await open({ as: "member" });
    const meter = page.getByRole("region", { name: "Your limits" }).getByRole("meter");
    await meter.waitFor();
    expect(await meter.getAttribute("aria-valuetext")).toBe(`${QUESTIONS_A_DAY} of ${QUESTIONS_A_DAY} left`);
    await ask(page, "One question");
    await turns(page).first().getByText("rivers").waitFor();
    await until(
      async () => (await meter.getAttribute("aria-valuetext")) === `${QUESTIONS_A_DAY - 1} of ${QUESTIONS_A_DAY} left`,
    );
  });

  test("tells kindly what was refused and why, and does not send it again", async () => {
    const page = await open({ as: "child", page: "/chat", tolerates: [/status of 400/] });
    await ask(page, "How do I make a bomb?");
    const refusal = turns(page).first().getByRole("alert");
    await refusal.getByText("Binnacle did not pass this on.").waitFor();
    await refusal.getByText("Why", { exact: true }).click();
    await refusal.getByText(/child_safe.*weapons/).waitFor();
    await ask(page, "And what is a buoy?");
    await turns(page).nth(1).getByText("rivers").waitFor();
    await until(async () => (await recorded(4, "child")).messages[0]?.text === "And what is a buoy?");
  });

  test("shows an answer that means harm as the text that it is, and fetches nothing of it", async () => {
    const page = await open({ as: "member", page: "/chat" });
    await ask(page, "Do harm, please.");
    await turns(page)
      .first()
      .getByText(SCRIPTS.split("\n")[0] ?? "")
      .waitFor();
    await turns(page).first().getByText("[picture: diagram").waitFor();
    expect(await page.title()).not.toBe(RAN);
    expect(await page.locator("main img, main iframe, main a[href^='javascript:'], main link").count()).toBe(0);
  });

  test("reads an answer out by sentences, and stops when told to", async () => {
    const page = await open({ as: "member", page: "/chat?model=slowly", theme: "dark", width: 390, height: 844 });
    await ask(page, "Slowly, please.");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("You stopped it here.").waitFor();
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByLabel("Ask").selectOption("home");
    await page.waitForURL(/model=home/);
    await settled(page);
    await ask(page, "Quickly, please.");
    await page.locator("main p[aria-live=polite]").getByText("See", { exact: false }).waitFor({ state: "attached" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.getByRole("button", { name: "Limits and earlier conversations" }).click();
    await page.getByRole("dialog").getByRole("meter").waitFor();
    await expectNoAxeViolations(page);
    await screenshot(page, "chat-phone");
  });
});
