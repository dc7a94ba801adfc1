// Pictures of pages, for people to look at: in the folder that BINNACLE_PICTURES names, and none without it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { settled } from "./open-console.ts";

export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env["BINNACLE_PICTURES"];
  if (folder !== undefined && folder !== "") await takePicture(page, join(folder, `${name}.png`));
}

/** What is in view, with motion at its end and no caret blinking. */
export async function takePicture(page: Page, path: string): Promise<void> {
  mkdirSync(join(path, ".."), { recursive: true });
  await settled(page);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}
