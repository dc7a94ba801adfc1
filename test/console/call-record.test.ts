// One call's record against the whole program: its four views with the API's figures, and two calls side by side.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { formatCount, formatUsd } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, stored } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Data } from "./support/house/house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const tools = [{ type: "function", function: { name: "find", parameters: { type: "object", properties: {} } } }];
const asked = [
  { role: "system", content: "Be **brief**." },
  { role: "user", content: [{ type: "text", text: "What is on it?" }, picture("https://pictures.example/one.png")] },
  { role: "assistant", content: null, tool_calls: [toolCall('{"of":"picture","deep":{"in":[1,2,3]}}')] },
  { role: "tool", tool_call_id: "call_1", content: "A boat." },
];

function picture(url: string) {
  return { type: "image_url", image_url: { url } };
}

function toolCall(text: string) {
  return { id: "call_1", type: "function", function: { name: "find", arguments: text } };
}

/** One with tools and a picture, one without, one that was refused. */
const threeCalls: Data = async (app) => {
  await makeCall(app, { model: "sim/sim-small", messages: asked, tools, temperature: 0.5 });
  await makeCall(app, { model: "sim/sim-large", messages: [{ role: "user", content: "Hello" }], temperature: 1 });
  await makeCall(app, { model: "nobody/knows-this", messages: [{ role: "user", content: "Hello?" }] });
  await stored(app, 3);
  // Each comes to the audit trail a moment later, and a page asks for its place there once.
  const { calls } = await app.client.calls.list({ limit: 3 });
  for (const { id } of calls)
    await until(async () => (await app.client.audit.list({ call: id, limit: 1 })).entries.length > 0);
};

const recordOf = (page: Page): Locator => page.getByRole("complementary", { name: "Record of a call" });
const view = (page: Page, name: string): Locator => recordOf(page).getByRole("link", { name, exact: true });

describeConsole("the record of a call", { data: threeCalls }, (given) => {
  const find = async (model: string): Promise<CallDetail> => {
    const { calls } = await given.app.client.calls.list({ filter: `model:${model}` });
    return given.app.client.calls.get({ id: calls[0]?.id ?? "none" });
  };

  test("is opened by its address alone, as a conversation with the figures of the API", async () => {
    const call = await find("sim/sim-small");
    const page = await given.open({ page: `/calls/${call.id}`, theme: "dark" });
    const record = recordOf(page);
    await record.getByText("As the vendor counted them.").waitFor();
    const text = await record.innerText();
    for (const { text: said } of call.messages) expect(text).toContain(said.split("\n")[0] ?? "");
    expect(text).toContain(`${formatCount(call.tokens.input)} tokens`);
    expect(text).toContain(`${formatCount(call.tokens.output)} tokens`);
    expect(text).toContain(formatUsd(call.cost.usd_micros ?? -1));
    expect(await record.getByRole("link", { name: "https://pictures.example/one.png" }).count()).toBe(1);
    expect(await record.locator("img").count()).toBe(0);
    await expectNoAxeViolations(page);
    await record.getByText("Formatted").click();
    await record.locator("strong", { hasText: "brief" }).waitFor();
    await screenshot(page, "call-dark");
  });

  test("shows how it was decided, by whom, and where that stands in the audit trail", async () => {
    const call = await find("sim/sim-small");
    const page = await given.open({ page: `/calls/${call.id}` });
    await view(page, "Decision").click();
    await page.waitForURL(/show=routing/);
    const record = recordOf(page);
    await record.getByRole("heading", { name: "Audit trail" }).waitFor();
    const text = await record.innerText();
    for (const said of [call.authority.policy, call.authority.rule, call.route.reason, call.answer?.target ?? "?"])
      expect(text).toContain(said);
    for (const { target, reason } of call.considered) for (const said of [target, reason]) expect(text).toContain(said);
    await record.getByRole("link", { name: /^Entry/ }).waitFor();
    await expectNoAxeViolations(page);
    await view(page, "Timeline").click();
    await record.getByText(/1 attempt: waiting outlined/).waitFor();
    await expectNoAxeViolations(page);
  });

  test("says of a refused call who refused it, and why", async () => {
    const call = await find("nobody/knows-this");
    const page = await given.open({ page: `/calls/${call.id}?show=routing` });
    await recordOf(page).getByText("Nothing was sent to a vendor.").waitFor();
    expect(await recordOf(page).innerText()).toContain(call.error?.message ?? "no message");
  });

  test("shows the bodies in lines that fold, and how to make the call again", async () => {
    const call = await find("sim/sim-small");
    const page = await given.open({ page: `/calls/${call.id}?show=raw` });
    const body = recordOf(page).getByRole("group", { name: "Request body" });
    await body.getByText('"temperature"').waitFor();
    expect(await body.innerText()).toContain("0.5");
    await body.getByRole("button", { name: '"messages", fold' }).click();
    await body.getByText("4 entries").waitFor();
    expect(await body.innerText()).not.toContain("pictures.example");
    const text = await recordOf(page).innerText();
    expect(text).toContain(`binnacle calls show ${call.id}`);
    expect(text).toContain(`${given.app.url}/v1/chat/completions`);
    await expectNoAxeViolations(page);
  });

  test("covers the list on a telephone, and nothing sticks out", async () => {
    const call = await find("sim/sim-small");
    for (const show of ["chat", "routing", "timeline", "raw"]) {
      const page = await given.open({ page: `/calls/${call.id}?show=${show}`, width: 320, height: 700 });
      await recordOf(page).locator("section").first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await screenshot(page, `call-320-${show}`);
      await page.close();
    }
  });

  test("is held against another, both marked by x and compared by d", async () => {
    const [small, large] = [await find("sim/sim-small"), await find("sim/sim-large")];
    const page = await given.open({ page: "/calls?outcome=ok" });
    await page.locator(`#call-${small.id}`).waitFor();
    await press(page, "j", "x", "j", "x", "d");
    await page.waitForURL(new RegExp(`diff=${large.id}%2C${small.id}`));
    const figures = page.getByRole("table", { name: "Figures of both calls" });
    await figures.waitFor();
    const [input = ""] = await figures.getByRole("row", { name: /^Tokens in/ }).allInnerTexts();
    const difference = small.tokens.input - large.tokens.input;
    expect(input.split(/\s*\t\s*/)).toEqual([
      "Tokens in",
      formatCount(large.tokens.input),
      formatCount(small.tokens.input),
      `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`,
    ]);
    const settings = page.getByRole("region", { name: "Settings" });
    await settings.getByText('"temperature": 0.5').waitFor();
    await expectNoAxeViolations(page);
    await screenshot(page, "calls-compared");
    await press(page, "Escape");
    await page.locator(`#call-${small.id}`).waitFor();
  });
});
