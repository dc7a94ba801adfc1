// Cases beside policies in the console: written in the editor, tried while one writes, kept with the version, and asked at its
// activation.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { nothing } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const noShell =
  '@id("no-shell")\n@why("nobody runs a shell")\nforbid (principal, action == Action::"use_tool", resource == Tool::"shell");\n';
const casesThat = (shell: "allow" | "deny"): string => `cases:
  - name: nobody is offered a shell
    subject: { roles: [member] }
    action: use_tool
    resource: { type: tool, id: shell }
    expect: ${shell}
  - name: members may offer a search
    subject: { roles: [member] }
    action: use_tool
    resource: { type: tool, id: search }
    expect: allow
`;

/** A text that cannot be read is refused with 422, a failing version with 409; text that is written over as in rules.test.ts. */
const tolerates = [/status of (409|422)/, /Applying inline style/, /style-src-attr by inline/];

const listIn = (within: Page | Locator): Locator => within.getByRole("list", { name: "Cases" });

async function addFile(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add a file" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill(name);
  await press(page, "Enter");
}

async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("group", { name: label }).getByRole("textbox").focus();
  await press(page, "Control+a");
  await page.keyboard.insertText(text);
}

describeConsole("cases of policies", { data: nothing }, (given) => {
  test("are written beside policies, tried, kept, and stand in the way of what fails them", async () => {
    const page = await given.open({ as: "owner", page: "/policies?tab=edit", tolerates });
    await page.getByText("None yet. Add a file that ends in .cases.yaml").waitFor();
    await addFile(page, "own.cedar");
    await write(page, "Policies in own.cedar", noShell);
    await addFile(page, "own.cases.yaml");
    await write(page, "Cases in own.cases.yaml", "cases: [");
    await page.getByRole("button", { name: /^Line \d/ }).waitFor();
    expect(await page.getByRole("button", { name: "Propose" }).isDisabled()).toBe(true);
    await write(page, "Cases in own.cases.yaml", casesThat("allow"));
    await page.getByText("1 of 2 cases fail: these policies cannot be activated.").waitFor();
    const first = listIn(page).getByRole("listitem").first();
    await first.getByText("expected allow, and it is deny: nobody runs a shell (no-shell)").waitFor();
    await settled(page);
    await expectNoAxeViolations(page);
    await screenshot(page, "policy-cases");

    await page.getByRole("button", { name: "Propose" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Propose", exact: true }).click();
    const drawer = page.getByRole("complementary", { name: "A version of the policies" });
    await drawer.getByText("1 of 2 cases fail").waitFor();
    await drawer.getByRole("button", { name: "Activate" }).click();
    const asks = page.getByRole("alertdialog");
    await asks.getByRole("button", { name: "Activate" }).click();
    await asks.getByText("fails 1 of its 2 cases, such as “nobody is offered a shell”").waitFor();
    await press(page, "Escape");
    const { client } = given.app;
    expect((await client.policies.active()).number).toBeNull();

    await drawer.getByRole("button", { name: "Edit from here" }).click();
    // It names the files too.
    await drawer.waitFor({ state: "detached" });
    await page.getByText("own.cases.yaml", { exact: true }).first().click();
    await write(page, "Cases in own.cases.yaml", casesThat("deny"));
    await page.getByText("All 2 cases hold.").waitFor();
    expect((await client.policies.get({ number: 1 })).files.map(({ name }) => name)).toEqual([
      "own.cedar",
      "own.cases.yaml",
    ]);
    const { version } = await client.policies.propose({
      files: [
        { name: "own.cedar", text: noShell },
        { name: "own.cases.yaml", text: casesThat("deny") },
      ],
    });
    await client.policies.activate({ number: version?.number ?? 0 });
    await until(async () => (await client.policies.active()).number === version?.number);
  });

  test("are read by an auditor, who tries none", async () => {
    const page = await given.open({
      as: "auditor",
      page: "/policies?tab=versions&version=2",
      width: 390,
      theme: "dark",
    });
    const drawer = page.getByRole("complementary", { name: "A version of the policies" });
    await drawer.getByText("Only who may propose policies tries them").waitFor();
    await settled(page);
    await expectNoAxeViolations(page);
  });
});
