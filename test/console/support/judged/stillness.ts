// How much of a page moves by itself while its answers come, as Chromium counts it (https://web.dev/articles/cls). What moves
// within half a second of a press does not count.
import type { Page } from "playwright-core";
import { until } from "../../../support/until.ts";
import { settled } from "../open-console.ts";

/** Up to this, the field calls it good. */
export const SHIFT_MAX = 0.1;

/** So that each part of a page comes by itself. */
const LATE_MS = [100, 250, 400, 550];

/** Later than a page waits for. */
export const TOO_LATE_MS: readonly number[] = [1400, 1900, 2300, 2700];
const LAST_WORD_MS = 300;

interface Shifted {
  shifted?: number;
}

/** From now on this page counts what moves, and its answers come late, one after the other. */
export async function watchStillness(
  page: Page,
  lateMs: readonly number[] = LATE_MS,
): Promise<(address: string) => Promise<number>> {
  let asked = 0;
  let held = 0;
  await page.addInitScript(() => {
    const world = globalThis as Shifted;
    world.shifted = 0;
    new PerformanceObserver((list) => {
      // The type that TypeScript knows of such entries says nothing of this.
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) world.shifted = (world.shifted ?? 0) + entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.route("**/api/v1/**", async (route) => {
    held += 1;
    await Bun.sleep(lateMs[asked++ % lateMs.length] ?? 0);
    held -= 1;
    // The page may be gone by then.
    await route.continue().catch(() => undefined);
  });
  return async (address) => {
    asked = 0;
    await page.goto(address);
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await until(() => held === 0);
    await settled(page);
    await Bun.sleep(LAST_WORD_MS);
    return page.evaluate(() => (globalThis as Shifted).shifted ?? 0);
  };
}
