// Approvals in the console against the whole program: decided by mouse, on a phone, and by keyboard; and what those see who may not.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Filled } from "./support/house/house.ts";
import { focused, press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const HARM = "<img src=x onerror=\"document.title='it ran'\">";
const wishes = {
  refund: { what: "Refund 250 EUR to customer 7", why: "delivered twice" },
  wipe: { what: "Wipe the old berths", why: 'wipe {"berths":["north","south"]}' },
  harm: { what: `Publish ${HARM}`, why: `${HARM}\nas it is` },
  pay: { what: "Pay invoice 12", why: "due today" },
};
const HOUR_MS = 3_600_000;

async function askForAll({ client }: Filled): Promise<void> {
  for (const [index, wish] of Object.values(wishes).entries())
    await client.approvals.ask({
      ...wish,
      action: "act",
      resource: { type: "thing", id: String(index) },
      approvers: { roles: ["reviewer"] },
      deadline_ms: Date.now() + (index + 2) * HOUR_MS,
      payload_hash: `hash-${index}`,
    });
}

const cardOf = (page: Page, what: string): Locator => page.getByRole("article").filter({ hasText: what });

describeConsole("approvals", { data: askForAll }, (given) => {
  const find = async ({ what }: { what: string }) => {
    const { approvals } = await given.app.client.approvals.list({});
    const found = approvals.find((approval) => approval.what === what);
    if (found === undefined) throw new Error(`nobody asked for ${what}`);
    return found;
  };
  const isDecided = (wish: { what: string }) => until(async () => (await find(wish)).state !== "pending");

  test("wait for who may decide them, the most pressing first, counted as the API counts", async () => {
    const page = await given.open({ as: "reviewer", page: "/approvals" });
    await cardOf(page, wishes.refund.what).waitFor();
    const counts = await page.evaluate(async () => {
      const answer = await fetch("/api/v1/approvals/counts");
      return (await answer.json()) as { pending: number; mine: number };
    });
    expect(await page.getByRole("article").count()).toBe(counts.mine);
    await page.getByRole("link", { name: `For you ${counts.mine}` }).waitFor();
    const titles = await page.getByRole("article").getByRole("heading").allInnerTexts();
    const { approvals } = await given.app.client.approvals.list({ state: "pending" });
    const byDeadline = approvals.toSorted((a, b) => a.deadline_ms - b.deadline_ms).map(({ what }) => what);
    expect(titles).toEqual(byDeadline);
    expect(await cardOf(page, wishes.wipe.what).getByLabel("What wipe is called with").innerText()).toContain(
      '"north"',
    );
    await expectNoAxeViolations(page);
    await screenshot(page, "approvals");
  });

  test("are approved on a phone in two taps, with a reason, and said to be beyond undoing", async () => {
    const page = await given.open({ as: "reviewer", page: "/approvals", width: 390, height: 844, theme: "dark" });
    const approve = page.getByRole("button", { name: `Approve: ${wishes.refund.what}` });
    await approve.waitFor();
    const size = await approve.boundingBox();
    expect(size?.height ?? 0).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await approve.click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText("This cannot be undone.").waitFor();
    await dialog.getByText("may then do this, once").waitFor();
    await expectNoAxeViolations(page);
    await screenshot(page, "approvals-phone");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("seen the ticket");
    await dialog.getByRole("button", { name: "Approve", exact: true }).click();
    // The toast goes by itself.
    await page.getByText(`Approved: ${wishes.refund.what}`).waitFor();
    await cardOf(page, wishes.refund.what).waitFor({ state: "detached" });
    const { state, votes } = await find(wishes.refund);
    expect([state, votes[0]?.note, votes[0]?.decision]).toEqual(["approved", "seen the ticket", "approve"]);
  });

  test("are gone through and refused by keys alone", async () => {
    const page = await given.open({ as: "reviewer", page: "/approvals" });
    const titleOf = (what: string) => page.getByRole("article").getByRole("link", { name: what, exact: true });
    await titleOf(wishes.pay.what).waitFor();
    const titles = await page.getByRole("article").getByRole("heading").allInnerTexts();
    for (let step = 0; step <= titles.indexOf(wishes.pay.what); step += 1) await press(page, "j");
    await press(page, "Enter");
    await page.getByRole("heading", { level: 2, name: wishes.pay.what }).and(page.locator("aside *")).waitFor();
    expect(page.url()).toContain(`/approvals/${(await find(wishes.pay)).id}`);
    await press(page, "Escape");
    await page.getByRole("complementary", { name: "An approval" }).waitFor({ state: "detached" });
    await press(page, "r");
    await page.getByRole("alertdialog").getByText("One voice against it settles it").waitFor();
    await focused(page.getByRole("alertdialog").getByRole("textbox", { name: "Reason" }));
    await page.keyboard.type("not on a Friday");
    await press(page, "Tab", "Tab", "Enter");
    await isDecided(wishes.pay);
    const { state, votes } = await find(wishes.pay);
    expect([state, votes[0]?.note]).toEqual(["refused", "not on a Friday"]);
    await page.getByRole("link", { name: "Decided" }).click();
    await page.getByRole("row").filter({ hasText: wishes.pay.what }).getByText("refused").waitFor();
  });

  test("open by their id alone, as links in messages do, and show harmful text as text", async () => {
    const { id } = await find(wishes.harm);
    const page = await given.open({ as: "reviewer", page: `/approvals/${id}`, width: 390, height: 844 });
    const record = page.getByRole("complementary", { name: "An approval" });
    await record.getByText("as it is").waitFor();
    expect(await record.innerText()).toContain(HARM);
    await record.getByRole("button", { name: `Refuse: ${wishes.harm.what}` }).waitFor();
    await settled(page);
    await expectNoAxeViolations(page);
    await screenshot(page, "approvals-record");
  });

  test("are shown to an auditor, who has no button to decide or delegate with", async () => {
    const { id } = await find(wishes.wipe);
    const page = await given.open({ as: "auditor", page: `/approvals/${id}?tab=others`, theme: "dark" });
    await page.getByText("You have no voice here").waitFor();
    expect(await page.getByRole("button", { name: /^(Approve|Refuse)/ }).count()).toBe(0);
    await expectNoAxeViolations(page);
    await page.getByRole("link", { name: "Delegations" }).click();
    await page.getByText("Nobody decides for anybody").waitFor();
    expect(await page.getByRole("button", { name: "Delegate" }).count()).toBe(0);
  });

  test("are delegated until a time, and the delegation ended", async () => {
    await given.app.client.users.create({ name: "bob" });
    const page = await given.open({ as: "reviewer", page: "/approvals?tab=delegations" });
    await page.getByRole("button", { name: "Delegate" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "To whom" }).fill("bob");
    await press(page, "Tab");
    await dialog.getByRole("button", { name: "Delegate", exact: true }).click();
    const row = page.getByRole("row").filter({ hasText: "bob" });
    await row.waitFor();
    const { delegations } = await given.app.client.approvals.delegations.list();
    expect(delegations.map(({ from, to }) => [from, to])).toEqual([["user:reviewer", "bob"]]);
    await row.getByRole("button", { name: "End" }).click();
    await page.getByRole("button", { name: "End the delegation" }).click();
    await row.waitFor({ state: "detached" });
  });
});
