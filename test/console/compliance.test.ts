import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import type { Report } from "../../src/compliance/contract.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, stored } from "./support/data.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import type { Data, House } from "./support/house/house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";
import { until } from "../support/until.ts";

const REPORT = /\/compliance\/reports\/soc2\?/;

/** A user, a project, and a call that is sealed. */
const sealed: Data = async (app) => {
  await app.client.users.create({ name: "ada" });
  await app.client.projects.create({ name: "apollo" });
  await makeCall(app, { model: "sim/sim-small", messages: [{ role: "user", content: "Keep this." }] });
  await stored(app, 1);
};

const words = { met: "met", not_met: "not met", no_data: "not there", for_a_person: "for a person" } as const;

describeConsole("compliance", { data: sealed, config: "vault: { enabled: true }" }, (given) => {
  test("a report is made, says what the API says, and opens its evidence by keys", async () => {
    const page = await given.open({ page: "/compliance", as: "auditor" });
    await page.getByRole("link", { name: /^SOC 2/ }).click();
    const answered = page.waitForResponse(REPORT);
    await page.getByRole("button", { name: "Make the report" }).click();
    const report = (await (await answered).json()) as Report;
    for (const [finding, word] of Object.entries(words)) {
      const count = report.counts[finding as keyof typeof words];
      await page
        .getByRole("term")
        .filter({ hasText: new RegExp(`^evidence ${word}$`) })
        .waitFor();
      expect(await countOf(page, `evidence ${word}`)).toBe(String(count));
    }
    await page.getByText(report.sha256).waitFor();
    await press(page, "j", "Enter");
    const [control] = report.framework.controls;
    const drawer = page.getByRole("complementary", { name: `Control ${control?.id}` });
    await drawer.getByText(control?.text ?? "").waitFor();
    for (const piece of report.evidence.filter(({ id }) => control?.evidence.includes(id)))
      await drawer.getByText(piece.says).waitFor();
    await expectNoAxeViolations(page);
    await screenshot(page, "compliance-report");
    await press(page, "j");
    const next = report.framework.controls[1]?.id;
    await page.getByRole("complementary", { name: `Control ${next}` }).waitFor();
    expect(page.url()).toContain(`open=${next}`);
  });

  test("an auditor sees how content is sealed and held, and can do nothing about it", async () => {
    const { vault } = given.app.client;
    const { id } = await vault.hold({ subject: { project: "apollo" }, reason: "case 2026/117" });
    const page = await given.open({ page: "/compliance?tab=vault", as: "auditor", theme: "dark" });
    await page.getByText("bodies are sealed before they are written").waitFor();
    await page.getByText("case 2026/117").waitFor();
    const { keys } = await vault.get();
    await page.getByText(`${keys} in use, 0 destroyed`).waitFor();
    for (const name of ["Hold data", "Lift", "Erase data", "Rotate the wrapping key"])
      expect(await page.getByRole("button", { name, exact: true }).count()).toBe(0);
    await expectNoAxeViolations(page);
    // What is held is not erased, and a user's data may be of any project.
    await vault.lift({ id });
  });

  test("data is held, let go, and erased for good by whoever may", () => holdAndErase(given));
});

/** A call on behalf of this user, on record. */
async function askAs(user: string, { url, key, client }: House): Promise<void> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}`, "x-binnacle-user": user };
  const messages = [{ role: "user", content: "Keep this too." }];
  const body = JSON.stringify({ model: "sim/sim-small", messages });
  await (await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body })).arrayBuffer();
  await until(async () => (await client.calls.list({ limit: 5 })).calls.some(({ who }) => who.user === user));
}

/** The figure below a name. */
async function countOf(page: Page, name: string): Promise<string> {
  const group = page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
  return group.getByRole("definition").innerText();
}

async function holdAndErase(given: ConsoleUnderTest): Promise<void> {
  await askAs("ada", given.app);
  const page = await given.open({ page: "/compliance?tab=vault" });
  await page.getByRole("button", { name: "Hold data" }).click();
  const dialog = page.getByRole("dialog", { name: "Hold data" });
  await dialog.getByLabel("User").fill("ada");
  await dialog.getByLabel("Reason").fill("case 9");
  await dialog.getByRole("button", { name: "Hold the data" }).click();
  const row = page.getByRole("row").filter({ hasText: "case 9" });
  await row.getByText("stands").waitFor();
  await row.getByRole("button", { name: "Lift" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Lift the hold" }).click();
  await row.getByText("lifted").waitFor();
  await page.getByRole("button", { name: "Erase data" }).click();
  const erasing = page.getByRole("dialog", { name: "Erase data" });
  await erasing.getByLabel("User").fill("ada");
  await erasing.getByLabel("Reason").fill("request of 21 November");
  await erasing.getByRole("button", { name: "Go on" }).click();
  const sure = page.getByRole("alertdialog");
  expect(await sure.innerText()).toContain("It cannot be undone.");
  expect(await sure.getByRole("button", { name: "Erase for good" }).isDisabled()).toBe(true);
  await sure.getByRole("textbox").fill("ada");
  await sure.getByRole("button", { name: "Erase for good" }).click();
  await page.getByRole("row").filter({ hasText: "request of 21 November" }).waitFor();
  const { erasures } = await given.app.client.vault.erasures({});
  expect(erasures.map(({ reason }) => reason)).toEqual(["request of 21 November"]);
  await expectNoAxeViolations(page);
  await screenshot(page, "compliance-vault");
}
