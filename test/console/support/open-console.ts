// Opens a page of the console in a browser context of its own, as somebody, at a width, in a theme, under watch.
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { until } from "../../support/until.ts";
import type { Cookie, Who } from "./sign-in.ts";
import { watch } from "./watch.ts";

export interface OpenOptions {
  /** Who looks; the holder of the first admin key if left out. */
  as?: Who;
  /** As it stands in the address behind the `#`. */
  page?: string;
  width?: number;
  height?: number;
  theme?: "light" | "dark";
  reducedMotion?: boolean;
  /** Complaints that the test means to cause. */
  tolerates?: readonly RegExp[];
}

export interface OpenedConsole {
  page: Page;
  context: BrowserContext;
  /** What it did that no page may do. Asserted to be empty when the test ends. */
  complaints: readonly string[];
}

export interface ConsoleAddress {
  browser: Browser;
  origin: string;
  signIn: (who: Who) => Promise<Cookie[]>;
}

/** For what never comes, not for what comes slowly: a busy machine may take its time. */
export const PATIENCE_MS = 60_000;
/** The browser says so of an answer that the page expects where nobody is signed in. */
const NOT_SIGNED_IN = /status of 401/;

export async function openConsole(at: ConsoleAddress, options: OpenOptions = {}): Promise<OpenedConsole> {
  const { as = "key", page: path = "/", width = 1440, height = 900, theme = "light" } = options;
  const context = await at.browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  const tolerates = [...(options.tolerates ?? []), ...(as === "nobody" ? [NOT_SIGNED_IN] : [])];
  const complaints = await watch(context, { origin: at.origin, tolerates });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addCookies(await at.signIn(as));
  const page = await context.newPage();
  await page.goto(addressOf(at.origin, path));
  await settled(page);
  return { page, context, complaints };
}

/** The one place that knows how the console's pages are addressed. */
export function addressOf(origin: string, path: string): string {
  return `${origin}/#${path}`;
}

/** To another page, in the same tab. */
export async function goTo(page: Page, origin: string, path: string): Promise<void> {
  await page.goto(addressOf(origin, path));
  await page.getByRole("heading", { level: 1 }).waitFor();
  await settled(page);
}

/** Waits until the page of the address is drawn, nothing in view is being fetched, and two frames have gone by since. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // Its history is that of the part behind the `#`. Who is not signed in is led nowhere by it.
    const router = document.querySelector("nav") === null ? undefined : (globalThis as RouterSeen).__TSR_ROUTER__;
    const { status, location: wanted, resolvedLocation: shown } = router?.state ?? {};
    const isThere =
      router === undefined ||
      (status === "idle" &&
        wanted?.href === shown?.href &&
        router.history.location.href === (globalThis.location.hash.slice(1) || "/"));
    return (
      isThere &&
      (document.querySelector("#root")?.childElementCount ?? 0) > 0 &&
      document.querySelector("[aria-busy=true]") === null &&
      document.fonts.status === "loaded"
    );
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** As TanStack Router shows itself to its tools. */
interface RouterSeen {
  __TSR_ROUTER__?: {
    state: { status: string; location: { href: string }; resolvedLocation?: { href: string } };
    history: { location: { href: string } };
  };
}

/** One key after the other, as playwright names them: `j`, `Enter`, `Control+K`. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Two keys that are one command, of which the second must come soon after the first. */
export async function pressTogether(page: Page, ...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
}

/** Until this has the focus: what is opened takes it a moment after it is there. */
export function focused(wanted: Locator): Promise<void> {
  return wanted.and(wanted.page().locator(":focus")).waitFor();
}

/** Moves on by Tab until this has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  // What cannot be pressed yet is passed over by Tab.
  await until(() => wanted.isEnabled());
  for (let presses = 0; presses < 120; presses += 1) {
    // Of an editor it is in a shadow root, where the document does not see it.
    if (await wanted.evaluate((element) => element.matches(":focus"))) return;
    await press(page, "Tab");
  }
  throw new Error("no number of tabs leads there");
}
