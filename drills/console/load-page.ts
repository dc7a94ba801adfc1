// The first load of the console on a slow machine: a cold browser context, the processor slowed down, and when the page answers.
import type { Browser } from "playwright-core";
import { createMeasuredPage, quiet } from "./measured-page.ts";

export interface Load {
  /** When there was something to read. */
  drawnMs: number;
  /** When, after that, the main thread was free. */
  interactiveMs: number;
  /** Of scripts, over the wire, as the server compressed them. */
  scriptBytes: number;
}

/** What stands on every page once its reader is known. */
const DRAWN = "main, nav";

export async function loadPage(
  browser: Browser,
  server: { url: string; key: string },
  slowdown: number,
): Promise<Load> {
  const measured = await createMeasuredPage(browser, server);
  const { page, context, debuggerOf } = measured;
  try {
    let scriptBytes = 0;
    const scripts = new Set<string>();
    debuggerOf.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
    debuggerOf.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    await debuggerOf.send("Network.enable");
    await debuggerOf.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(`${server.url}/`, { waitUntil: "commit" });
    const drawn = await page.waitForFunction(
      (selector) => document.querySelector(selector) !== null && performance.now(),
      DRAWN,
      { polling: "raf" },
    );
    const drawnMs = Number(await drawn.jsonValue());
    return { drawnMs, interactiveMs: Math.max(drawnMs, await quiet(measured)), scriptBytes };
  } finally {
    await context.close();
  }
}
