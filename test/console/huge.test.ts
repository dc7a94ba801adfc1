// Bodies of ten megabytes, kept whole: what stands on the page is a stretch of them, and the rest comes on request. The bounds are
// counted in elements and characters, which is what a browser has to lay out, and not in time.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { startScriptedVendor } from "../support/vendors/scripted.ts";
import { until } from "../support/until.ts";
import { nothing } from "./support/data.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import { deepJson, longText, makeBrokenCall, makeHostileCall, makeNamedCall, MISLEADING } from "./support/hostile.ts";
import type { House, StartHouse } from "./support/house/house.ts";
import { startHouse } from "./support/house/start-house.ts";
import { press, settled } from "./support/open-console.ts";

const TEN_MB = 10_000_000;
const LINES = 100_000;
/** So that two of them differ in every line. */
const manyLines = (word: string): string =>
  Array.from({ length: LINES }, (_, place) => `${word} ${place} `.padEnd(TEN_MB / LINES - 1, ".")).join("\n");
/** One line, with what drives a terminal in it. */
const oneLine = `\u001B[31m${longText(TEN_MB - 9)}\u001B[0m`;
const answers: Record<string, string> = { line: oneLine, lines: manyLines("sounding"), other: manyLines("reading") };

/** A vendor that answers with as much, and a record that keeps all of it. */
const startHuge: StartHouse = async ({ consoleFolder }): Promise<House> => {
  const vendor = startScriptedVendor(
    Object.fromEntries(Object.entries(answers).map(([name, says]) => [name, { says }])),
  );
  const config = `
ledger: { bodies: { max_bytes: 32MB } }
gateway: { recorded_bytes_max: 32MB }
providers:
  vendors:
    huge: { kind: openai-compatible, base_url: "${vendor.url}", models: [line, lines, other], price: free }
`;
  try {
    const house = await startHouse({ consoleFolder, data: nothing, config });
    return {
      ...house,
      async close() {
        await house.close();
        await vendor.close();
      },
    };
  } catch (error) {
    await vendor.close();
    throw error;
  }
};

const recordOf = (page: Page): Locator => page.getByRole("complementary", { name: "Record of a call" });

async function makeHugeCall({ app }: ConsoleUnderTest, model: string, content: string): Promise<string> {
  const response = await app.chat({ model: `huge/${model}`, messages: [{ role: "user", content }] });
  const { length } = await response.text();
  expect(length).toBeGreaterThan(TEN_MB);
  const id = response.headers.get("x-binnacle-call-id") ?? "";
  await until(async () => (await app.client.calls.list({ limit: 200 })).calls.some((call) => call.id === id));
  return id;
}

/** What of a body is drawn before anybody asks for more, with all that stands around it. */
const DRAWN = { elements: 4000, characters: 100_000 };
/** What one click may add: a stretch of a text, or of lines. */
const ADDED = { elements: 9000, characters: 400_000 };

async function drawn(page: Page): Promise<{ elements: number; characters: number }> {
  await settled(page);
  return page.evaluate(() => ({
    elements: document.querySelectorAll("*").length,
    characters: document.body.textContent?.length ?? 0,
  }));
}

async function expectStretch(page: Page, { elements, characters } = DRAWN): Promise<void> {
  const now = await drawn(page);
  expect(now.elements).toBeLessThan(elements);
  expect(now.characters).toBeLessThan(characters);
}

/** It takes keys and draws what they ask for. */
async function expectAnswersKeys(page: Page): Promise<void> {
  await press(page, "Escape");
  await recordOf(page).waitFor({ state: "detached" });
  await press(page, "?");
  await page.getByRole("dialog").waitFor();
}

describeConsole("ten megabytes", { start: startHuge }, (given) => {
  for (const [name, asked] of [
    ["line", oneLine],
    ["lines", answers["other"] ?? ""],
  ] as const)
    test(`asked and answered ${name === "line" ? "without a place to break a line" : "in 100,000 lines"} are drawn by their beginnings`, async () => {
      const id = await makeHugeCall(given, name, asked);
      const { messages } = await given.app.client.calls.get({ id });
      expect(messages.map(({ text }) => text.length)).toEqual([asked.length, answers[name]?.length ?? 0]);
      const page = await given.open({ page: `/calls/${id}` });
      await recordOf(page).getByRole("heading", { name: "Conversation" }).waitFor();
      await expectStretch(page);
      const more = recordOf(page).getByRole("button", { name: /^Show 60,000 of the other / });
      expect(await more.count()).toBe(2);
      await more.first().click();
      await expectStretch(page, ADDED);
      await recordOf(page).getByText("Formatted", { exact: true }).click();
      await expectStretch(page, ADDED);
      await recordOf(page).getByRole("link", { name: "Raw" }).click();
      await recordOf(page).getByRole("group", { name: "Response body" }).waitFor();
      await expectStretch(page);
      await recordOf(page)
        .getByRole("group", { name: "Response body" })
        .getByRole("button", { name: /^Show / })
        .click();
      await expectStretch(page, ADDED);
      await expectAnswersKeys(page);
    });

  test("that differ in each of 100,000 lines are compared as far as a page can, and it says so", async () => {
    const ids = [await makeHugeCall(given, "lines", "Again."), await makeHugeCall(given, "other", oneLine)];
    const page = await given.open({ page: `/calls?diff=${ids.join(",")}` });
    await page.getByRole("heading", { name: "Two calls compared" }).waitFor();
    await page.getByText("Something here is longer than a page can compare").waitFor();
    await page
      .getByRole("table", { name: / compared with / })
      .first()
      .waitFor();
    // A comparison shows both sides, marked.
    await expectStretch(page, { elements: 12_000, characters: 600_000 });
    await press(page, "Escape");
    await page.getByRole("heading", { name: "Two calls compared" }).waitFor({ state: "detached" });
  });

  test("of JSON a thousand deep, of control characters, of what is not UTF-8 and of names are no more than that", async () => {
    const deep = `[${Array.from({ length: 4000 }, () => deepJson(1000)).join(",")}]`;
    for (const make of [
      () => makeHostileCall(given.app, [deep]),
      () => makeHostileCall(given.app, [MISLEADING.repeat(Math.ceil(TEN_MB / MISLEADING.length))]),
      () => makeBrokenCall(given.app, TEN_MB / 7),
      () => makeNamedCall(given.app, longText(TEN_MB / 10)),
    ]) {
      const id = await make();
      await until(async () => (await given.app.client.calls.list({ limit: 200 })).calls.some((call) => call.id === id));
      const page = await given.open({ page: `/calls/${id}` });
      await recordOf(page).getByRole("heading", { name: "Conversation" }).waitFor();
      await expectStretch(page);
      await recordOf(page).getByRole("link", { name: "Raw" }).click();
      await recordOf(page).getByRole("group", { name: "Request body" }).waitFor();
      await expectStretch(page);
      await expectAnswersKeys(page);
      await page.context().close();
    }
  });

  test("in the name of a model are a line of the list", async () => {
    const model = longText(TEN_MB / 10);
    await (await given.app.chat({ model, messages: [{ role: "user", content: "x" }] })).arrayBuffer();
    await until(async () => (await given.app.client.calls.list({ limit: 1 })).calls[0]?.outcome === "refused");
    const page = await given.open({ page: "/calls" });
    await page.getByRole("row").nth(1).waitFor();
    await expectStretch(page);
    await press(page, "j", "Enter");
    await recordOf(page).getByRole("heading", { level: 2 }).waitFor();
    await expectStretch(page);
    await expectAnswersKeys(page);
  });
});
