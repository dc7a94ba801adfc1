// Sessions and users in the console against the whole program: what each came to, what was said, and the way to the calls.
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { quoteValue } from "../../console/src/components/inputs/filter/complete-filter.ts";
import { formatCount, formatDuration, formatUsd } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeSessionCall, SESSION, startWithSession, USER } from "./support/house/session-calls.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const turnsOf = (page: Page) => page.getByRole("list", { name: "Turns" }).locator(":scope > li");
const sumsOf = async (page: Page, name: string): Promise<string> =>
  (await page.getByLabel(name).innerText()).replaceAll(/\s+/g, " ");

describeConsole("sessions and users", { start: startWithSession }, (given) => {
  test("a session is found by its user, and read turn by turn with the figures of the API", async () => {
    const page = await given.open({ page: "/sessions" });
    await page.getByRole("combobox", { name: "Filter" }).fill(`user:${quoteValue(USER)}`);
    await press(page, "Enter");
    await page.waitForURL(/filter=user/);
    await page.getByRole("link", { name: SESSION }).click();
    await turnsOf(page).nth(1).waitFor();
    const { turns, totals } = await given.app.client.sessions.get({ id: SESSION });
    const sums = await sumsOf(page, "What the session came to");
    expect(sums).toContain(`Turns ${turns.length} Calls ${totals.calls} Failed ${totals.failed} `);
    expect(sums).toContain(`Tokens ${formatCount(totals.tokens.input)} → ${formatCount(totals.tokens.output)} `);
    expect(sums).toContain(`Cost ${formatUsd(totals.cost_usd_micros)} `);
    const shown = await turnsOf(page).allInnerTexts();
    for (const [place, turn] of turns.entries()) {
      expect(shown[place]).toContain(turn.request_preview ?? "?");
      expect(shown[place]).toContain(formatDuration(turn.duration_ms));
      expect(shown[place]).toContain(formatUsd(turn.cost_usd_micros));
    }
    await screenshot(page, "session");
  });

  test("a turn shows all that was said, leads to its call, and new ones come by themselves", async () => {
    const page = await given.open({ page: `/sessions/${encodeURIComponent(SESSION)}` });
    await turnsOf(page).first().getByRole("button", { name: "The whole exchange" }).click();
    await turnsOf(page).first().getByRole("list", { name: "Conversation" }).getByText("What is a binnacle?").waitFor();
    const before = await turnsOf(page).count();
    await makeSessionCall(given.app, "And who reads it?");
    await turnsOf(page).nth(before).getByText("And who reads it?").first().waitFor();
    const { turns } = await given.app.client.sessions.get({ id: SESSION });
    await turnsOf(page).first().getByRole("table").getByRole("link").first().click();
    await page.waitForURL((url) => url.hash.includes(turns[0]?.calls[0]?.id ?? "none"));
  });

  test("a user has the calls, the spend and the sessions that the API says, and goes to them by keys", async () => {
    const page = await given.open({ page: "/users" });
    await page.getByRole("row").filter({ hasText: USER }).waitFor();
    await press(page, "j", "Enter");
    await page.getByRole("heading", { level: 1, name: `User: ${USER}` }).waitFor();
    const asked = { user: USER, kind: "call,embedding,rerank", bucket: "none" } as const;
    const { rows } = await given.app.client.figures.series({ ...asked, since_ms: Date.now() - 86_400_000 });
    const row = rows[0];
    if (row === undefined) throw new Error("the API knows of no calls of this user");
    const main = page.locator("main");
    for (const said of [
      formatCount(row.records),
      formatUsd(row.cost_usd_micros),
      `${formatCount(row.tokens.input)} → ${formatCount(row.tokens.output)}`,
    ])
      await until(async () => (await main.innerText()).includes(said));
    await page.getByRole("link", { name: SESSION }).waitFor();
    await screenshot(page, "user");
    await page.getByRole("link", { name: "All users" }).click();
    await page.getByRole("grid", { name: "Users" }).waitFor();
  });

  for (const [kind, name] of [
    ["sessions", SESSION],
    ["users", USER],
  ] as const)
    test(`${kind} can be used by everybody, light and dark, on a phone and by an auditor`, async () => {
      for (const path of [`/${kind}`, `/${kind}/${encodeURIComponent(name)}`]) {
        const page = await given.open({ page: path, as: "auditor" });
        await page.getByText(name).first().waitFor();
        for (const [width, colorScheme] of [
          [1440, "light"],
          [320, "dark"],
        ] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          await settled(page);
          await expectNoAxeViolations(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
          await screenshot(page, `${kind}-${path.length}-${width}`);
        }
      }
    });
});
