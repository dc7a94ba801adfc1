// Lists of a hundred thousand rows, on pages of the real program; only the rows are made up, each after a real one. A screenful is
// drawn, and no task of the page is long: as time of the processor, for others may be at work on the machine.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { makeCall } from "./support/data.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import { startWithSession } from "./support/house/session-calls.ts";
import { press, settled } from "./support/open-console.ts";

const ROWS = 100_000;
const DRAWN_MAX = 150;
const TASK_MS_MAX = 200;

describeConsole("a hundred thousand rows", { start: startWithSession }, (given) => {
  test("of calls are jumped about in while calls come in, and the list goes on before the last of them", () =>
    calls(given));
  test("of sessions are jumped about in", () => sessions(given));
});

async function calls(given: ConsoleUnderTest): Promise<void> {
  const { client } = given.app;
  const { calls: real } = await client.calls.list({ limit: 200 });
  const made = manyOf(real, (call, place) => ({
    ...call,
    id: idAt(call.id, place),
    started_at_ms: call.started_at_ms - place,
  }));
  const page = await given.open({ page: "/settings" });
  let askedUntilMs = 0;
  await answer(page, "/calls", (search) => {
    if (search.has("until_ms")) {
      askedUntilMs = Number(search.get("until_ms"));
      return { calls: made.slice(-1), next_cursor: null };
    }
    return search.has("cursor") ? { calls: made, next_cursor: "on" } : { calls: real, next_cursor: "on" };
  });
  await page.goto(`${given.app.url}/#/calls`);
  const list = page.getByRole("grid", { name: "Calls, newest first" });
  await hasRows(list, ROWS + real.length);
  const longestMs = await longestTaskMs(page, async () => {
    await jumpAbout(page, list);
    await makeCall(given.app, { model: "nobody/came-last", messages: [{ role: "user", content: "Ahoy" }] });
    await list.evaluate((grid) => grid.scrollTo({ top: 0 }));
    await list.getByText("nobody/came-last", { exact: true }).waitFor();
  });
  expect(longestMs).toBeLessThan(TASK_MS_MAX);
  await list.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }));
  await page.getByRole("button", { name: "Go on with the calls before" }).click();
  await hasRows(list, 1);
  expect(page.url()).toContain(`to=${askedUntilMs}`);
  // The call that came in pushed the last one off, and that is asked for again.
  expect(askedUntilMs - (made.at(-2)?.started_at_ms ?? 0)).toBe(1);
}

async function sessions(given: ConsoleUnderTest): Promise<void> {
  const { items: real } = await given.app.client.sessions.list({});
  const page = await given.open({ page: "/settings" });
  const made = manyOf(real, (session, place) => ({ ...session, name: `watch ${place}` }));
  await answer(page, "/sessions", () => ({ items: made, next_cursor: null }));
  // Of a time that has its end the page asks once: an answer with all of them while tasks are measured is none that it would get.
  await page.goto(`${given.app.url}/#/sessions?range=custom&from=${Date.now() - 3_600_000}&to=${Date.now()}`);
  const list = page.getByRole("grid", { name: "Sessions" });
  await hasRows(list, ROWS);
  expect(await longestTaskMs(page, () => jumpAbout(page, list))).toBeLessThan(TASK_MS_MAX);
}

/** So many after the last of the real ones. */
function manyOf<Row>(real: readonly Row[], make: (row: Row, place: number) => Row): Row[] {
  const last = real.at(-1);
  if (last === undefined) throw new Error("there is nothing to make more of");
  return Array.from({ length: ROWS }, (_, place) => make(last, place + 1));
}

const idAt = (id: string, place: number): string => id.slice(0, -6) + (ROWS - place).toString(16).padStart(6, "0");

async function answer(page: Page, path: string, answerOf: (search: URLSearchParams) => object): Promise<void> {
  await page.route(
    ({ pathname }) => pathname === `/api/v1${path}`,
    (route) => route.fulfill({ json: answerOf(new URL(route.request().url()).searchParams) }),
  );
}

/** Beside its heading, and whatever stands at its end. */
async function hasRows(list: Locator, count: number): Promise<void> {
  await list.page().waitForFunction(
    ([element, wanted]) => {
      const said = Number(element?.getAttribute("aria-rowcount"));
      return said > wanted && said < wanted + 3;
    },
    [await list.elementHandle(), count] as const,
  );
}

async function jumpAbout(page: Page, list: Locator): Promise<void> {
  for (const part of [0.5, 1, 0.25, 0.75]) {
    await list.evaluate((grid, to) => grid.scrollTo({ top: grid.scrollHeight * to }), part);
    await drawsAbout(list, part);
  }
  await list.focus();
  await press(page, "j", "End");
  await drawsAbout(list, 1);
  await press(page, "k", "PageUp", "Home");
  await drawsAbout(list, 0);
  await settled(page);
}

/** The rows that stand there, and few others. */
async function drawsAbout(list: Locator, part: number): Promise<void> {
  const place = Math.round(ROWS * part);
  await list
    .page()
    .waitForFunction(
      ([element, wanted]) =>
        [...(element?.querySelectorAll("[aria-rowindex]") ?? [])].some(
          (row) => Math.abs(Number(row.getAttribute("aria-rowindex")) - wanted) < 60,
        ),
      [await list.elementHandle(), place] as const,
    );
  expect(await list.getByRole("row").count()).toBeLessThan(DRAWN_MAX);
}

interface TracedEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of the processor; what waits for it while others are at work does not count. */
  tdur?: number;
  args?: { name?: string };
}

const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];

/** Of the tasks while something is done to the page the longest, in time of the processor. */
async function longestTaskMs(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the page has no browser of its own");
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents }: { traceEvents: TracedEvent[] } = JSON.parse(String(await browser.stopTracing()));
  const threads = new Set(
    traceEvents.filter(({ args }) => args?.name === "CrRendererMain").map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === "RunTask" && threads.has(`${pid}/${tid}`));
  if (tasks.every(({ tdur }) => tdur === undefined)) throw new Error("Chromium did not tell how long tasks take");
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
