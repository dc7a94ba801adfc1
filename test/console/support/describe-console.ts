// The frame of a file of the console's browser tests: one whole program with data in it, one browser, and at the end of each
// test the assertion that none of its pages did what no page may do.
import { afterAll, afterEach, beforeAll, describe, expect, setDefaultTimeout } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { chromiumPath, consoleFolder, launchBrowser, SHORT_LIVED } from "../../support/browser/browser.ts";
import type { Data, House, StartHouse } from "./house/house.ts";
import { type ConsoleAddress, openConsole, type OpenedConsole, type OpenOptions, PATIENCE_MS } from "./open-console.ts";
import { createSignIn } from "./sign-in.ts";
import { startHouse } from "./house/start-house.ts";

export interface ConsoleUnderTest {
  /** From the first `beforeAll` on, and so inside of tests. */
  readonly app: House;
  /** A page in a context of its own; closed at the end of the test, when it must have no complaints. */
  open(options?: OpenOptions): Promise<Page>;
}

export interface DescribeOptions {
  /** What is on record before the first page opens; a few calls if left out. */
  data?: Data;
  /** YAML, as for `startTestApp`. */
  config?: string;
  /** Starts another house than the usual one, with data of its own. */
  start?: StartHouse;
}

/** A week of data takes minutes on a busy machine. */
const START_MS = 6 * PATIENCE_MS;

/** `describe` for tests in a browser; skipped as a whole where there is none. */
export function describeConsole(
  title: string,
  options: DescribeOptions,
  tests: (given: ConsoleUnderTest) => void,
): void {
  setDefaultTimeout(3 * PATIENCE_MS);
  describe.skipIf(chromiumPath === undefined)(title, () => {
    let app: House | undefined;
    let browser: Browser | undefined;
    let at: ConsoleAddress | undefined;
    const opened: OpenedConsole[] = [];

    beforeAll(async () => {
      const { start = startHouse, ...wanted } = options;
      app = await start({ ...wanted, consoleFolder: await consoleFolder() });
      browser = await launchBrowser(SHORT_LIVED);
      at = { browser, origin: app.url, signIn: createSignIn(app) };
    }, START_MS);
    afterAll(async () => {
      await browser?.close();
      await app?.close();
    });
    afterEach(async () => {
      const all = opened.splice(0);
      const complaints = all.flatMap((each) => [...each.complaints]);
      await Promise.all(all.map(({ context }) => context.close()));
      expect(complaints).toEqual([]);
    });

    tests({
      get app() {
        return started(app);
      },
      async open(how) {
        const next = await openConsole(started(at), how);
        opened.push(next);
        return next.page;
      },
    });
  });
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("only inside of tests: the program is not started yet");
  return value;
}
