// The playground in the console against the whole program: models asked side by side, by mouse and by keys, every figure the record's.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { formatCount, formatDuration, formatUsd } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, nothing } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press, tabTo } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

interface Sent {
  tool_call_id?: string;
  tool_calls?: { id: string }[];
}

const column = (page: Page, place: number): Locator => page.getByRole("region", { name: `Column ${place}` });
const modelBox = (page: Page, place: number): Locator => column(page, place).getByRole("combobox");
const said = (page: Page, place: number): Locator =>
  column(page, place).getByRole("list", { name: "What was said in this column" });
const refusals = [/status of 4\d\d/, /status of 502/];

/** The answer has ended, and its figures are the record's. */
async function ended(found: Locator): Promise<void> {
  await found.getByText("$0.", { exact: false }).waitFor();
}

describeConsole("the playground", { data: nothing }, (given) => {
  const recordOf = async (found: Locator): Promise<CallDetail> => {
    const link = await found.getByRole("link", { name: /^Call / }).getAttribute("href");
    return given.app.client.calls.get({ id: link?.split("/").at(-1) ?? "" });
  };
  const open = async (search = ""): Promise<Page> => {
    const page = await given.open({ page: `/playground${search}`, tolerates: refusals });
    await modelBox(page, 1).waitFor();
    return page;
  };

  test("tells whoever may call no model so, and does not ask which there are", async () => {
    const page = await given.open({ as: "auditor", page: "/playground" });
    await page.getByText("None of your roles may call models.").waitFor();
    expect(await page.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
  });

  test("asks two models at once, each with what is its own, and shows what the record says of both", async () => {
    const page = await open();
    await page.getByLabel("System prompt").fill("You are a pilot.");
    await page.getByLabel("Text of message 1").fill("What of the tide?");
    await modelBox(page, 1).fill("sim/sim-small");
    await press(page, "Escape");
    await page.getByRole("button", { name: "Add a model" }).click();
    await modelBox(page, 2).fill("sim/sim-reasoning");
    await press(page, "Escape");
    await page.getByRole("button", { name: "Column 2" }).click();
    await page.getByRole("menuitem", { name: "Own system prompt" }).click();
    await page.getByLabel("System prompt of column 2").fill("You are a cook.");
    await page.getByRole("button", { name: "Run" }).click();
    for (const [place, model] of [
      [1, "sim/sim-small"],
      [2, "sim/sim-reasoning"],
    ] as const) {
      await ended(column(page, place));
      const call = await recordOf(column(page, place));
      expect([call.model, call.messages[0]?.text]).toEqual([
        model,
        place === 1 ? "You are a pilot." : "You are a cook.",
      ]);
      const shown = (await column(page, place).innerText()).replaceAll(/\s+/g, " ");
      const { tokens, timings, cost } = call;
      expect(shown).toContain(call.messages.at(-1)?.text.slice(0, 40) ?? "no answer");
      expect(shown).toContain(`First token ${formatDuration(timings.first_token_ms ?? 0)} `);
      expect(shown).toContain(`Total ${formatDuration(timings.total_ms)} `);
      expect(shown).toContain(`Tokens in ${formatCount(tokens.input)} Tokens out ${formatCount(tokens.output)}`);
      expect(shown).toContain(`Cost ${formatUsd(cost.usd_micros ?? -1)} `);
      expect(shown).toContain(`Speed ${formatCount(Math.round(1000 / (timings.per_output_token_ms ?? 0)))} tokens/s`);
    }
    await expectNoAxeViolations(page);
    await screenshot(page, "playground");
  });

  test("is worked by keys alone: asked, gone on with, and asked anew", async () => {
    const page = await open();
    await tabTo(page, page.getByLabel("Text of message 1"));
    await page.keyboard.type("Ahoy there");
    await tabTo(page, modelBox(page, 1));
    await page.keyboard.type("sim/sim-instant");
    await press(page, "Escape", "Control+Enter");
    await ended(column(page, 1));
    await tabTo(page, page.getByLabel("Next message"));
    await page.keyboard.type("And the moon?");
    await press(page, "Control+Enter");
    await said(page, 1).getByText("And the moon?").waitFor();
    await ended(column(page, 1));
    expect((await recordOf(column(page, 1))).messages.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
  });

  test("keeps what is typed in the address, and stops an answer when told to", async () => {
    const page = await open();
    await page.getByLabel("Text of message 1").fill("Tell me of the sea.");
    await modelBox(page, 1).fill("sim/sim-small?token_ms=200&tokens=2000");
    await press(page, "Escape");
    await page.waitForURL(/setup=.*tokens%3D2000|setup=.*tokens=2000/);
    await page.reload();
    await page.getByLabel("Text of message 1").waitFor();
    expect(await page.getByLabel("Text of message 1").inputValue()).toBe("Tell me of the sea.");
    await page.getByRole("button", { name: "Run" }).click();
    await column(page, 1).getByText("simulator").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await column(page, 1).getByText("Stopped.").waitFor();
    const link = await column(page, 1)
      .getByRole("link", { name: /^Call / })
      .getAttribute("href");
    const id = link?.split("/").at(-1);
    await until(async () => (await given.app.client.calls.list({})).calls.some((call) => call.id === id));
    expect((await given.app.client.calls.get({ id: id ?? "" })).outcome).toBe("cancelled");
  });

  test("shows tools that are called, and goes on with what the reader answers for them", async () => {
    const page = await open();
    await page.getByLabel("Text of message 1").fill("What is the tide at Harbour?");
    await modelBox(page, 1).fill("sim/sim-small");
    await press(page, "Escape");
    await page.locator("summary", { hasText: "Tools" }).click();
    await page.getByRole("button", { name: "Put in an example" }).click();
    await page.getByRole("button", { name: "Run" }).click();
    await column(page, 1).getByLabel("What tide_at returns").fill('{"metres": 2.1}');
    await column(page, 1).getByRole("button", { name: "Go on with this" }).click();
    await said(page, 1).getByText('{"metres": 2.1}').waitFor();
    await ended(column(page, 1));
    const { request_body } = await recordOf(column(page, 1));
    const { messages } = JSON.parse(request_body?.text ?? "{}") as { messages: Sent[] };
    expect(messages.at(-1)).toMatchObject({ role: "tool", content: '{"metres": 2.1}' });
    const called = messages.at(-2)?.tool_calls?.[0]?.id;
    expect(called).toBeString();
    expect(messages.at(-1)?.tool_call_id).toBe(called);
  });

  test("asks again what a recorded call asked, and tells in the server's words what is wrong", async () => {
    const request = {
      model: "sim/sim-small",
      temperature: 0.3,
      seed: 4,
      messages: [{ role: "user", content: "Replay me" }],
    };
    const made = await makeCall(given.app, request);
    const id = made.headers.get("x-binnacle-call-id") ?? "";
    await until(async () => (await given.app.client.calls.list({})).calls.some((call) => call.id === id));
    const page = await open(`?call=${id}`);
    await page.getByText(`As call ${id.slice(-6)} asked it.`).waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await ended(column(page, 1));
    const { request_body } = await recordOf(column(page, 1));
    expect(JSON.parse(request_body?.text ?? "{}")).toMatchObject(request);
    await modelBox(page, 1).fill("nobody/knows");
    await press(page, "Escape", "Control+Enter");
    await column(page, 1).getByRole("alert").getByText('There is no route or model "nobody/knows".').waitFor();
  });

  test("keeps prompts by name, which are found again in the dark", async () => {
    const page = await given.open({ page: "/playground", theme: "dark", width: 390, tolerates: refusals });
    await page.getByLabel("Text of message 1").fill("Where is the pilot?");
    await page.getByRole("button", { name: "Saved prompts" }).click();
    await page.getByRole("menuitem", { name: "Save this one" }).click();
    await page.getByLabel("Name").fill("the pilot");
    await press(page, "Enter");
    await page.getByText("Saved as the pilot.").waitFor();
    const { views } = await given.app.client.views.list({ page: "playground" });
    expect(views.map(({ name }) => name)).toEqual(["the pilot"]);
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await page.getByLabel("Text of message 1").inputValue()).toBe("");
    await page.getByRole("button", { name: "Saved prompts" }).click();
    await page.getByRole("menuitem", { name: "the pilot", exact: true }).click();
    expect(await page.getByLabel("Text of message 1").inputValue()).toBe("Where is the pilot?");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await expectNoAxeViolations(page);
  });
});
