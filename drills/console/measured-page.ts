// A page of the console that measures itself by what Chromium tells of its main thread: when something was drawn, and each task
// that held it up for longer than 50 ms.
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { visit } from "../../test/support/people/visitor.ts";

export interface MeasuredPage {
  page: Page;
  context: BrowserContext;
  debuggerOf: CDPSession;
  /** Tasks since the page was opened, or since `forget`. */
  longTasks(): Promise<LongTask[]>;
  forget(): Promise<void>;
}

export interface LongTask {
  startMs: number;
  durationMs: number;
}

interface Noted {
  noted?: LongTask[];
}

/** Milliseconds without a long task after which nothing more is expected. */
const QUIET_MS = 2000;
const PATIENCE_MS = 60_000;

/** Signed in with the key, and nothing opened yet. */
export async function createMeasuredPage(
  browser: Browser,
  server: { url: string; key: string },
): Promise<MeasuredPage> {
  const visitor = visit(server.url);
  await visitor.post("/api/session", { key: server.key });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: server.url })));
  await context.addInitScript(() => {
    const noted: LongTask[] = [];
    (globalThis as Noted).noted = noted;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) noted.push({ startMs: startTime, durationMs: duration });
    }).observe({ type: "longtask", buffered: true });
  });
  const page = await context.newPage();
  return {
    page,
    context,
    debuggerOf: await context.newCDPSession(page),
    longTasks: () => page.evaluate(() => [...((globalThis as Noted).noted ?? [])]),
    forget: () =>
      page.evaluate(() => {
        (globalThis as Noted).noted?.splice(0);
      }),
  };
}

/** Waits until the main thread has had nothing long to do for two seconds. Resolves with the end of the last long task, or 0. */
export async function quiet({ page }: MeasuredPage): Promise<number> {
  const handle = await page.waitForFunction(
    (quietMs) => {
      const ends = ((globalThis as Noted).noted ?? []).map(({ startMs, durationMs }) => startMs + durationMs);
      const last = Math.max(0, ...ends);
      return performance.now() - last > quietMs ? { last } : false;
    },
    QUIET_MS,
    { polling: 100 },
  );
  const found = await handle.jsonValue();
  return found === false ? 0 : found.last;
}

/** Bytes of JavaScript's heap that are still in use after a collection. */
export async function heapBytes({ debuggerOf }: MeasuredPage): Promise<number> {
  await debuggerOf.send("HeapProfiler.collectGarbage");
  const { usedSize } = await debuggerOf.send("Runtime.getHeapUsage");
  return usedSize;
}
