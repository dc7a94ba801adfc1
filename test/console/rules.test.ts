// Policies, guardrails and kill switches in the console against the whole program: each done by mouse and keyboard, each figure the
// API's, and what those see who may not.
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { formatCount } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, stored } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Filled } from "./support/house/house.ts";
import { press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const config = `
guardrails:
  policies:
    personal-data:
      checks: [{ kinds: [email], mode: mask }, { kinds: [secrets], mode: block }]
`;
const MODEL = "sim/sim-small";
const ASKED = ["Write to ada@example.com", "and to bob@example.com", "What is a binnacle?"];

const noShell = {
  name: "tools.cedar",
  text: '@id("no-shell")\n@why("nobody runs a shell")\nforbid (principal, action == Action::"use_tool", resource == Tool::"shell");\n',
};
const noSim = {
  name: "models.cedar",
  text: '@id("no-sim")\n@why("nobody calls the simulator")\nforbid (principal, action == Action::"use_target", resource);\n',
};

async function fill(app: Filled): Promise<void> {
  for (const content of ASKED) await makeCall(app, { model: MODEL, messages: [{ role: "user", content }] });
  await stored(app, ASKED.length);
  const { version } = await app.client.policies.propose({ files: [noShell], note: "Nobody runs a shell" });
  await app.client.policies.activate({ number: version?.number ?? 0 });
}

/** A wrong text is refused with 422. Text that is written over: the browser would keep its look by a style, which is not let. */
const WRITTEN_OVER = [/status of 422/, /Applying inline style/, /style-src-attr by inline/];

/** The figure of an instrument by its name. */
const figureOf = (page: Page, label: string): Promise<string> =>
  page.locator("dl").filter({ hasText: label }).locator("dd").innerText();

describeConsole("the pages of rules", { data: fill, config }, (given) => {
  test("a switch is thrown with its name typed, stops calls, and is lifted", async () => {
    const page = await given.open({ as: "operator", page: "/switches" });
    await page.getByText("Nothing is switched off.").waitFor();
    await page.getByRole("button", { name: "Switch something off" }).click();
    const asks = page.getByRole("dialog");
    await asks.getByRole("combobox", { name: "Name" }).fill(MODEL);
    await press(page, "Tab");
    await asks.getByRole("textbox", { name: "Reason" }).fill("wrong answers since nine");
    await asks.getByRole("button", { name: "Go on" }).click();
    const confirms = page.getByRole("alertdialog");
    await confirms.getByText("is refused from now on").waitFor();
    const throws = confirms.getByRole("button", { name: "Switch off the model" });
    expect(await throws.isDisabled()).toBe(true);
    await expectNoAxeViolations(page);
    await confirms.getByRole("textbox").fill(MODEL);
    await press(page, "Enter");
    const item = page.getByRole("listitem").filter({ hasText: `the model ${MODEL}` });
    await item.getByText("wrong answers since nine").waitFor();
    await screenshot(page, "switches");
    const refused = await given.app.chat({ model: MODEL, messages: [{ role: "user", content: "Hello?" }] });
    expect(refused.status).toBe(403);
    await item.getByRole("button", { name: /^Lift/ }).click();
    await page.getByRole("button", { name: "Lift the switch", exact: true }).click();
    await page.getByText("Nothing is switched off.").waitFor();
    expect((await given.app.client.switches.list({})).switches).toEqual([]);
    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("row").filter({ hasText: MODEL }).getByText("lifted", { exact: true }).waitFor();
  });

  test("everything is stopped after the word for it alone, which calling it off takes back", async () => {
    const page = await given.open({ as: "operator", page: "/switches", width: 390, height: 844, theme: "dark" });
    await page.getByRole("button", { name: "Stop everything" }).click();
    await page.getByRole("textbox", { name: "Reason" }).fill("a drill");
    await press(page, "Tab", "Tab", "Tab", "Enter");
    const confirms = page.getByRole("alertdialog");
    await confirms.getByText("Nobody gets an answer any more").waitFor();
    const stops = confirms.getByRole("button", { name: "Switch off everything" });
    await confirms.getByRole("textbox").fill("yes");
    expect(await stops.isDisabled()).toBe(true);
    await confirms.getByRole("textbox").fill("everything");
    expect(await stops.isDisabled()).toBe(false);
    await expectNoAxeViolations(page);
    await press(page, "Escape");
    await confirms.waitFor({ state: "detached" });
    expect((await given.app.client.switches.list({})).switches).toEqual([]);
  });

  test("policies are written, objected to at their line, tried on real traffic, proposed, activated and rolled back", async () => {
    const page = await given.open({ as: "owner", page: "/policies?tab=edit", tolerates: WRITTEN_OVER });
    await page.getByText("It fits the schema").waitFor();
    await page.getByRole("button", { name: "Add a file" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill(noSim.name);
    await press(page, "Enter");
    await page
      .getByRole("group", { name: `Policies in ${noSim.name}` })
      .getByRole("textbox")
      .focus();
    await press(page, "Control+a");
    await page.keyboard.insertText(noSim.text.replace("forbid (", "forbid ((("));
    await page.getByRole("button", { name: "Line 3" }).waitFor();
    expect(await page.getByRole("button", { name: "Propose" }).isDisabled()).toBe(true);
    await press(page, "Control+a");
    await page.keyboard.insertText(noSim.text);
    await page.getByText("It fits the schema").waitFor();
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("Would have been refused").waitFor();
    const run = await given.app.client.policies.dryRun({ files: [noShell, noSim], days: 7 });
    expect(await figureOf(page, "Calls looked at")).toBe(formatCount(run.calls));
    expect(await figureOf(page, "Would have been refused")).toBe(formatCount(run.refused));
    expect(run.refused).toBeGreaterThan(0);
    expect(await page.getByRole("list", { name: "Refused by policy" }).innerText()).toContain("no-sim");
    await settled(page);
    await expectNoAxeViolations(page);
    await screenshot(page, "policies-editor");
    await page.getByRole("button", { name: "Propose" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Note" }).fill("No simulator");
    await page.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
    await page.getByRole("heading", { name: "Version 2", exact: true }).waitFor();
    await page.getByText("lines added").waitFor();
    await page.getByRole("button", { name: "Activate" }).click();
    await page.getByRole("alertdialog").getByText("on all processes within a second").waitFor();
    await page.getByRole("alertdialog").getByRole("button", { name: "Activate" }).click();
    await until(async () => (await given.app.client.policies.active()).number === 2);
    await page.getByRole("link", { name: "Active", exact: true }).click();
    await page.getByRole("heading", { name: "Version 2 decides" }).waitFor();
    await page.getByRole("button", { name: "Roll back" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Roll back" }).click();
    await page.getByRole("heading", { name: "Version 1 decides" }).waitFor();
    expect((await given.app.client.policies.active()).number).toBe(1);
  });

  test("an auditor reads policies and switches, and is offered no step", async () => {
    const page = await given.open({ as: "auditor", page: "/policies", theme: "dark" });
    await page.getByRole("heading", { name: "Version 1 decides" }).waitFor();
    const { policies } = await given.app.client.policies.active();
    await page.waitForFunction(
      (count) => document.querySelectorAll("[role=row]").length === count,
      policies.length + 1,
    );
    expect(await page.getByRole("button", { name: "Roll back" }).count()).toBe(0);
    await expectNoAxeViolations(page);
    await page.getByRole("link", { name: "Editor" }).click();
    await page.getByText("You may read policies, and not propose them").waitFor();
    await page.goto(`${given.app.url}/#/switches`);
    await page.getByText("You may look, and not switch").waitFor();
    expect(await page.getByRole("button", { name: /Stop everything|Switch something off/ }).count()).toBe(0);
  });

  test("a text is tried on the guardrails, and what is found is marked and stays text", async () => {
    const page = await given.open({ page: "/guardrails" });
    const { policies } = await given.app.client.guardrails.list();
    expect(policies.map(({ name }) => name)).toEqual(["personal-data"]);
    await page.getByRole("heading", { name: "personal-data" }).waitFor();
    await expectNoAxeViolations(page);
    await page.getByRole("link", { name: "Try a text" }).last().click();
    const text = 'Mail <b onclick="x">ada@example.com</b>';
    await page.getByRole("textbox", { name: "Text" }).fill(text);
    await page.getByRole("button", { name: "Check" }).click();
    await page.locator("mark").waitFor();
    expect(await page.locator("mark").allInnerTexts()).toEqual(["ada@example.com"]);
    expect(await page.getByLabel("The text with its findings marked").innerText()).toBe(text);
    const checked = await given.app.client.guardrails.check({ text, policy: "personal-data" });
    await page.getByText(checked.text, { exact: true }).waitFor();
    await screenshot(page, "guardrails-try");
  });

  test("findings are counted as the API counts, by kind, and each call shows its own", async () => {
    const page = await given.open({ page: "/guardrails?tab=findings" });
    const { calls } = await given.app.client.calls.list({ filter: "guardrail:email" });
    const kinds = page.getByRole("table", { name: "Calls with findings by kind" });
    await kinds.getByRole("link", { name: "email" }).waitFor();
    expect(await kinds.getByRole("row").filter({ hasText: "email" }).getByRole("cell").innerText()).toBe(
      formatCount(calls.length),
    );
    await kinds.getByRole("link", { name: "email" }).click();
    const list = page.getByRole("region", { name: "Calls with findings of email" });
    await list.getByRole("row").nth(calls.length).waitFor();
    await settled(page);
    await expectNoAxeViolations(page);
    await screenshot(page, "guardrails-findings");
    await press(page, "j", "Enter");
    await page.getByRole("complementary", { name: "Findings of a call" }).getByText("personal-data").first().waitFor();
    expect(page.url()).toContain(`call=${calls[0]?.id}`);
  });
});
