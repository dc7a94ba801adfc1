// Traces in the console against the whole program: found, opened, gone through by mouse and by keyboard, and every figure the API's.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { TraceNode } from "../../src/ledger/contract.ts";
import { formatCount, formatDuration, formatUsd } from "../../console/src/format/figures.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import {
  LONG_SPANS,
  LONG_TRACE,
  MANY_TRACES,
  MEANT_HARM,
  ODD_TRACE,
  startWithTraces,
} from "./support/house/agent-traces.ts";
import { describeConsole } from "./support/describe-console.ts";
import { press, settled } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const treeOf = (page: Page): Locator => page.getByRole("treegrid", { name: "Records of the trace" });
const recordOf = (page: Page): Locator => page.getByRole("region", { name: "Record" });
const wholeOf = (page: Page): Locator => page.getByRole("region", { name: "The trace as a whole" });

describeConsole("traces", { start: startWithTraces }, (given) => {
  const nodeNamed = async (name: string): Promise<TraceNode> => {
    const { nodes } = await given.app.client.traces.get({ id: ODD_TRACE });
    const node = nodes.find((each) => each.name === name);
    if (node === undefined) throw new Error(`no record is called ${name}`);
    return node;
  };

  test("are found by filter, and what failed in one is two clicks away", async () => {
    const page = await given.open({ page: "/traces" });
    await page.getByRole("combobox", { name: "Filter" }).fill("kind:agent");
    await press(page, "Enter");
    await page.waitForURL(/filter=kind%3Aagent/);
    const row = page.getByRole("row").filter({ hasText: "pilot" });
    const { traces } = await given.app.client.traces.list({ filter: "kind:agent" });
    await page.waitForFunction((count) => document.querySelectorAll("[role=row]").length === count, traces.length + 1);
    const totals = traces[0]?.totals;
    if (totals === undefined) throw new Error("the API has no such trace");
    const said = await row.innerText();
    expect(said).toContain(formatUsd(totals.cost_usd_micros));
    expect(said).toContain(formatDuration(totals.ended_at_ms - totals.started_at_ms));
    await screenshot(page, "traces");
    await row.getByRole("link").click();
    await page.getByRole("button", { name: /^Next failed/ }).click();
    await recordOf(page).getByText("the list of berths did not answer", { exact: true }).waitFor();
    await recordOf(page).getByText('"north"').first().waitFor();
    expect(page.url()).toContain(`span=${(await nodeNamed("find_berth")).id}`);
  });

  test("a filter that cannot be read is told beside it, in the server's words", async () => {
    const page = await given.open({ page: "/traces?filter=modle:x", tolerates: [/status of 4\d\d/] });
    await page.getByRole("alert").getByText("modle").first().waitFor();
    await page.getByRole("combobox", { name: "Filter" }).and(page.locator("[aria-invalid=true]")).waitFor();
  });

  test("one is gone through by keys: next and previous, in and out, to what failed, and away", async () => {
    const page = await given.open({ page: `/traces/${ODD_TRACE}` });
    await treeOf(page).waitFor();
    const opened = (name: string) => recordOf(page).getByRole("heading", { level: 2, name, exact: true }).waitFor();
    await press(page, "j", "Enter");
    await opened("pilot");
    await press(page, "j");
    await opened("plan");
    await press(page, "ArrowLeft");
    await treeOf(page).getByText("find_berth").waitFor({ state: "detached" });
    await press(page, "e");
    await opened("find_berth");
    await treeOf(page).getByText("find_berth").waitFor();
    await press(page, "ArrowLeft");
    await opened("plan");
    await press(page, "Escape");
    await wholeOf(page).waitFor();
    await press(page, "/");
    await page.keyboard.type("chat");
    await press(page, "Enter");
    await opened("chat gpt-4o-mini");
    await page.getByRole("status").getByText("1 of 1").waitFor();
    await page.reload();
    await opened("chat gpt-4o-mini");
  });

  test("one has the figures of the API, its own and those of each record", async () => {
    const { totals, nodes } = await given.app.client.traces.get({ id: ODD_TRACE });
    const page = await given.open({ page: `/traces/${ODD_TRACE}`, width: 2560 });
    const sums = await page.getByLabel("What the trace came to").innerText();
    const words = sums.replaceAll(/\s+/g, " ");
    expect(words).toContain(`Took ${formatDuration(totals.ended_at_ms - totals.started_at_ms)} `);
    expect(words).toContain(`Cost ${formatUsd(totals.cost_usd_micros)} `);
    expect(words).toContain(`Tokens ${formatCount(totals.tokens.input)} → ${formatCount(totals.tokens.output)} `);
    expect(words).toContain(`Calls ${totals.calls} Records ${totals.records} Failed ${totals.failed} `);
    expect(totals.cost_usd_micros).toBeGreaterThan(0);
    const drawn = treeOf(page).locator("[role=row]:has([role=gridcell])");
    await until(async () => (await drawn.count()) === nodes.length);
    const rows = await drawn.allInnerTexts();
    for (const [place, node] of nodes.entries()) {
      expect(rows[place]).toContain(node.name ?? "?");
      expect(rows[place]).toContain(`${formatDuration(node.duration_ms)}`);
      expect(rows[place]).toContain(`from ${formatDuration(node.started_after_ms)} for`);
      if (node.cost_usd_micros !== null) expect(rows[place]).toContain(formatUsd(node.cost_usd_micros));
    }
    const models = await wholeOf(page).getByRole("table", { name: "Models by cost" }).innerText();
    expect(models).toContain(formatUsd(totals.cost_usd_micros));
    await screenshot(page, "trace-2560");
  });

  test("what is odd about a record is said, as the API tells it", async () => {
    const page = await given.open({ page: `/traces/${ODD_TRACE}` });
    const open = async (name: string) => {
      await treeOf(page).getByText(name, { exact: true }).click();
      await recordOf(page).getByRole("heading", { level: 2, name, exact: true }).waitFor();
    };
    await treeOf(page).getByRole("row").filter({ hasText: "lost" }).getByText("without its parent").waitFor();
    await open("lost");
    await recordOf(page)
      .getByText(/names a parent that is not on record/)
      .waitFor();
    await open("early bird");
    await recordOf(page)
      .getByText(/it began 5 ms before what it hangs on/)
      .waitFor();
    const { nodes } = await given.app.client.traces.get({ id: ODD_TRACE });
    const ofCircle = nodes.filter(({ name }) => name === "round" || name === "and round");
    expect(ofCircle.map(({ orphan }) => orphan).toSorted()).toEqual([false, true]);
    await open("round");
    await open(MEANT_HARM);
    expect(await page.title()).toBe("Trace: pilot – Binnacle");
  });

  test("a list of more than a thousand draws only those in view, to its far end, and keys go on from there", async () => {
    const page = await given.open({ page: "/traces" });
    const list = page.getByRole("grid");
    await list.getByRole("row").nth(1).waitFor();
    let total = 0;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const found = await given.app.client.traces.list({ limit: 200, ...(cursor && { cursor }) });
      total += found.traces.length;
      cursor = found.next_cursor;
    }
    expect(total).toBeGreaterThan(MANY_TRACES);
    const known = async (): Promise<number> => Number(await list.getAttribute("aria-rowcount")) - 1;
    await press(page, "j");
    for (let before = 0, now = await known(); now > before && now < total; now = await known()) {
      before = now;
      await press(page, "End");
      await page.waitForFunction(
        (count) => Number(document.querySelector("[role=grid]")?.getAttribute("aria-rowcount")) > count + 1,
        before,
      );
      expect(await list.getByRole("row").count()).toBeLessThan(100);
    }
    expect(await known()).toBe(total);
    await press(page, "End");
    await list.getByText("fix 0", { exact: true }).waitFor();
    const rowAtCursor = (): Promise<string | null> =>
      list.evaluate(
        (grid) => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.ariaRowIndex ?? null,
      );
    const last = Number(await rowAtCursor());
    await press(page, "k");
    expect(Number(await rowAtCursor())).toBe(last - 1);
    await press(page, "j", "Enter");
    await page.getByRole("heading", { level: 1, name: /fix 0/ }).waitFor();
  });

  test("one of 5,000 records draws only those in view, and finds the rest", async () => {
    const page = await given.open({ page: `/traces/${LONG_TRACE}` });
    await treeOf(page).waitFor();
    expect(await treeOf(page).getAttribute("aria-rowcount")).toBe(String(LONG_SPANS + 1));
    expect(await treeOf(page).locator("[role=row]").count()).toBeLessThan(100);
    await page.getByRole("searchbox", { name: "Find in the trace" }).fill("sounding 4900");
    await press(page, "Enter");
    await recordOf(page).getByRole("heading", { level: 2, name: "sounding 4900" }).waitFor();
    await treeOf(page).getByText("sounding 4900").waitFor();
    await page.getByText("Failed", { exact: true }).last().click();
    await page.waitForURL(/show=failed/);
    const { nodes } = await given.app.client.traces.get({ id: LONG_TRACE });
    const failed = nodes.filter(({ outcome }) => outcome !== "ok");
    await page.getByRole("button", { name: `Next failed, of ${failed.length}` }).waitFor();
  });

  test("one can be used by everybody, light and dark", async () => {
    const page = await given.open({ page: `/traces/${ODD_TRACE}` });
    await wholeOf(page).getByRole("table", { name: "Models by cost" }).waitFor();
    await expectNoAxeViolations(page);
    await treeOf(page).getByText("chat gpt-4o-mini").click();
    await recordOf(page).getByText("Berth seven.", { exact: true }).waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await expectNoAxeViolations(page);
      await screenshot(page, `trace-${colorScheme}`);
    }
  });

  test("one has three views on a phone, none wider than it", async () => {
    const page = await given.open({ page: `/traces/${ODD_TRACE}`, width: 320, height: 720 });
    await treeOf(page).waitFor();
    for (const [name, shown] of [
      ["Timeline", treeOf(page)],
      ["Overview", wholeOf(page)],
      ["Tree", treeOf(page)],
    ] as const) {
      await page.getByText(name, { exact: true }).click();
      await shown.waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await expectNoAxeViolations(page);
      await screenshot(page, `trace-320-${name}`);
    }
    await treeOf(page).getByText("find_berth").click();
    await recordOf(page).getByText("the list of berths did not answer", { exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test("are the same to an auditor, who has nothing to act with there", async () => {
    const page = await given.open({ page: `/traces/${ODD_TRACE}`, as: "auditor" });
    await treeOf(page).getByText("find_berth").click();
    await recordOf(page).getByText("the list of berths did not answer", { exact: true }).waitFor();
  });
});
