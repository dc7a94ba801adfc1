// What holds of every page, in a house that has been lived in: who is offered it, what its reader may press, how it sounds.
import { expect, setDefaultTimeout, test } from "bun:test";
import type { ElementHandle, Page } from "playwright-core";
import { chatPage, pages } from "../../console/src/shell/routing/pages.ts";
import { type ConsoleUnderTest, describeConsole } from "./support/describe-console.ts";
import { faultsHeard } from "./support/judged/heard.ts";
import { startDemoHouse } from "./support/house/demo-house.ts";
import { addressOf, goTo, PATIENCE_MS, press, pressTogether, settled } from "./support/open-console.ts";
import { SHIFT_MAX, TOO_LATE_MS, watchStillness } from "./support/judged/stillness.ts";

const pagesOffered = (page: Page): Promise<string[]> =>
  page.getByRole("navigation", { name: "Pages" }).getByRole("link").allInnerTexts();

/** Whoever goes through all of them takes minutes on a busy machine. */
const ALL_PAGES_MS = 10 * PATIENCE_MS;

/** A page's tabs have addresses of their own. */
const TABS = [
  ...["slos", "silences", "rules", "channels", "history"].map((tab) => `/alerts?tab=${tab}`),
  ...["profiles", "baselines"].map((tab) => `/drift?tab=${tab}`),
  ...["patterns", "forecast", "charge-back"].map((tab) => `/cost?tab=${tab}`),
  ...["versions", "edit"].map((tab) => `/policies?tab=${tab}`),
  ...["findings", "try"].map((tab) => `/guardrails?tab=${tab}`),
  ...["storage", "health", "about"].map((tab) => `/settings?tab=${tab}`),
  "/routes?tab=vendors",
  "/approvals?tab=delegations",
  "/directory?tab=people",
  "/audit?tab=tree",
  "/compliance?tab=vault",
];

/** Every page and tab, and one of each thing that has a page. */
async function everyAddress({ app: { client } }: ConsoleUnderTest): Promise<string[]> {
  const [call, other] = (await client.calls.list({ limit: 2, outcome: "ok" })).calls;
  const [trace] = (await client.traces.list({ limit: 1 })).traces;
  const [session] = (await client.sessions.list({ limit: 1 })).items;
  const [user] = (await client.activity.users({ limit: 1 })).items;
  const [route] = (await client.routes.list()).routes;
  if (!call || !other || !trace || !session || !user || !route) throw new Error("the demo week lacks something");
  return [
    ...[...pages, chatPage].map(({ path }) => path),
    ...TABS,
    ...["chat", "routing", "timeline", "raw"].map((show) => `/calls/${call.id}?show=${show}`),
    `/calls?diff=${call.id},${other.id}`,
    `/traces/${trace.trace_id}`,
    ...[`sessions/${encodeURIComponent(session.name)}`, `users/${encodeURIComponent(user.name)}`].map(
      (path) => `/${path}`,
    ),
    `/routes/${encodeURIComponent(route.name)}`,
  ];
}

describeConsole("the pages that are offered", { start: startDemoHouse }, (given) => {
  setDefaultTimeout(ALL_PAGES_MS);
  test("are all of them to an admin, and to a child the chat alone", async () => {
    const [admin, child] = [await given.open({ as: "admin" }), await given.open({ as: "child" })];
    expect(await pagesOffered(admin)).toEqual(expect.arrayContaining(["Helm", "Calls", "Policies", "Audit trail"]));
    expect(await pagesOffered(child)).toEqual(["Chat"]);
  });

  test("are what an auditor may look at, and nothing to call with", async () => {
    const offered = await pagesOffered(await given.open({ as: "auditor" }));
    expect(offered).toContain("Audit trail");
    expect(offered).not.toContain("Playground");
  });

  test("have one main, one first heading, no level left out, and a name for whatever is pressed or jumped to", async () => {
    const page = await given.open({ page: "/settings" });
    const faults: string[] = [];
    for (const path of await everyAddress(given)) {
      await goTo(page, given.app.url, path);
      faults.push(...(await faultsHeard(page)).map((fault) => `${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  test("stand still while their answers come, at a desk and on a phone", async () => {
    const moved = await Promise.all(
      [1440, 390].map(async (width) => {
        const shiftAt = await watchStillness(await given.open({ page: "/settings", width }));
        const found: string[] = [];
        for (const { path } of [...pages, chatPage]) {
          const shift = await shiftAt(addressOf(given.app.url, path));
          if (shift > SHIFT_MAX) found.push(`${path}, ${width} px wide: ${shift.toFixed(3)}`);
        }
        return found;
      }),
    );
    expect(moved.flat()).toEqual([]);
  });

  test("stand still where answers come later than the helm waits for them", async () => {
    const shiftAt = await watchStillness(await given.open({ page: "/settings", width: 390 }), TOO_LATE_MS);
    expect(await shiftAt(addressOf(given.app.url, "/"))).toBeLessThan(SHIFT_MAX);
  });

  test("are begun at their title by whoever comes from another, by mouse and by keys", async () => {
    const page = await given.open({ page: "/" });
    const focused = (title: string): Promise<void> =>
      page.getByRole("heading", { level: 1, name: title }).and(page.locator(":focus")).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.getByRole("link", { name: "Kill switches" }).click();
    await focused("Kill switches");
    await pressTogether(page, "g", "y");
    await focused("Keys");
    await page.goBack();
    await focused("Kill switches");
  });

  test("give an auditor nothing to change: each button is pressed, and the server is asked for no change", async () => {
    const page = await given.open({ page: "/settings", as: "auditor" });
    const changes: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") changes.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    const pressed = new Set<string>();
    const dialogs = new Set<string>();
    // What asks models is not offered to an auditor, and can ask nothing.
    const isOffered = (path: string): boolean => path !== "/playground" && path !== chatPage.path;
    for (const path of (await everyAddress(given)).filter(isOffered)) {
      await goTo(page, given.app.url, path);
      for (let next = await nextButton(page, pressed); next !== null; next = await nextButton(page, pressed)) {
        if (!(await isPressed(next.button))) continue;
        pressed.add(next.kind);
        await settled(page);
        for (const dialog of await page.locator("[role=dialog], [role=alertdialog]").all())
          dialogs.add(`${path}: ${next.kind}: ${(await dialog.innerText()).split("\n")[0] ?? ""}`);
        await press(page, "Escape");
        // What it closes goes a moment later, and its buttons with it.
        await settled(page);
        if (!page.url().endsWith(`#${path}`)) await goTo(page, given.app.url, path);
      }
    }
    expect(pressed.size).toBeGreaterThan(20);
    expect([...new Set(changes)]).toEqual(["POST /api/v1/audit/verify"]);
    expect([...dialogs]).toEqual([]);
  });
});

/** What can be pressed on the page itself and was not yet, but for what copies. One of many rows is like the others. */
async function nextButton(page: Page, pressed: Set<string>): Promise<{ kind: string; button: ElementHandle } | null> {
  // Themselves, and not their places: what comes in meanwhile would put another one there.
  const buttons = await page.locator("main").getByRole("button", { disabled: false }).elementHandles();
  const kinds = await Promise.all(buttons.map((button) => button.evaluate(kindOf)));
  const place = kinds.findIndex((kind) => kind !== "" && !kind.startsWith("Copy ") && !pressed.has(kind));
  const button = buttons[place];
  return button === undefined ? null : { kind: kinds[place] ?? "", button };
}

function kindOf(button: SVGElement | HTMLElement): string {
  // Those of columns sort them.
  if (button.closest("th, [role=columnheader]") !== null) return "";
  return (button.getAttribute("aria-label") ?? button.textContent).trim().replaceAll(/\d+/g, "#");
}

/** False where it has gone before it could be. */
async function isPressed(button: ElementHandle): Promise<boolean> {
  try {
    await button.click();
    return true;
  } catch (error) {
    if (String(error).includes("not attached")) return false;
    throw error;
  }
}
