// What is told to those who listen without their asking: what is new, once, and nothing by the second.
import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { formatCount, formatMs, formatUsd } from "../../console/src/format/figures.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press } from "./support/open-console.ts";

const TOLD = "[aria-live], [role=status], [role=alert]";
/** Ages on a page go on by the second. */
const A_WHILE_MS = 3500;

const toldNow = (page: Page): Promise<string[]> =>
  page.locator(TOLD).evaluateAll((all) => all.map(({ textContent }) => textContent.trim()).filter(Boolean));

/** All that is put into places that are read out, while so long nothing happens. */
const toldWhileResting = (page: Page): Promise<string[]> =>
  page.evaluate(
    async ([places, ms]) => {
      const told: string[] = [];
      const observer = new MutationObserver((changes) => {
        for (const { target } of changes) {
          const place = (target instanceof Element ? target : target.parentElement)?.closest(places);
          if (place) told.push(place.textContent);
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      await new Promise((done) => setTimeout(done, ms));
      observer.disconnect();
      return told;
    },
    [TOLD, A_WHILE_MS] as const,
  );

/** That a busy machine keeps signals waiting is no part of this. */
const config = "alerts: { default_rules: { signal_lag: false } }";

describeConsole("what is told", { config }, (given) => {
  test("on the helm is whether the house is in order, and nothing by the second", async () => {
    const page = await given.open({ page: "/" });
    await page.getByText("The house is in order").waitFor();
    await page.getByRole("img", { name: /^Observability Boundary/ }).waitFor();
    expect(await toldWhileResting(page)).toEqual([]);
    expect(await toldNow(page)).toEqual(["The house is in order"]);
  });

  test("of a row of calls begins with what it is, and says of each figure what it counts", async () => {
    const { calls } = await given.app.client.calls.list({ limit: 100 });
    const answered = calls.find(({ outcome }) => outcome === "ok");
    if (answered === undefined) throw new Error("no call was answered");
    const { model, started_at_ms: startedMs, who, tokens, cost, timings } = answered;
    const page = await given.open({ page: "/calls" });
    const row = page.locator(`#call-${answered.id}`);
    await row.waitFor();
    // The browser's clock is set to UTC.
    const clock = new Date(startedMs).toISOString().slice(11, 19);
    expect(await row.getAttribute("aria-label")).toBe(
      [
        model,
        "ok",
        clock,
        who.key_name,
        `${formatCount(tokens.input)} tokens in`,
        `${formatCount(tokens.output)} tokens out`,
        formatUsd(cost.usd_micros ?? -1),
        `${formatMs(timings.total_ms)} ms`,
      ].join(", "),
    );
    expect(await toldWhileResting(page)).toEqual([]);
  });

  test("of an answer in the playground is what it says, once it is there", async () => {
    const page = await given.open({ page: "/playground" });
    await page.getByRole("combobox", { name: "Model or route" }).fill("sim/sim-instant");
    await page.getByLabel("Text of message 1").fill("Which way is north?");
    await press(page, "Control+Enter");
    const column = page.getByRole("region", { name: "Column 1" });
    await column.getByRole("button", { name: "Copy the answer of column 1" }).waitFor();
    const [told = "", ...others] = await toldNow(page);
    expect(others).toEqual([]);
    expect(told).toContain("north");
    expect(await column.innerText()).toContain(told);
  });

  test("of copying is that it is done, and before that nothing", async () => {
    const page = await given.open({ page: "/alerts" });
    const copy = page.getByRole("button", { name: "Copy the curl command for alerts" });
    await copy.waitFor();
    expect(await toldNow(page)).toEqual([]);
    // It stands there for two seconds, so it is looked for from before.
    const told = page
      .locator(TOLD)
      .filter({ hasText: /^(Copied|It cannot be copied\. Select it by hand\.)$/ })
      .waitFor();
    await Promise.all([told, copy.press("Enter")]);
  });
});
