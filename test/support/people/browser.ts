// Debian's Chromium, where there is one, and the console built for it.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { buildPage } from "../../../console/dev/build-page.ts";

export const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath as string, args: FLAGS });

/** The page, built once for all tests of this process. */
export const consoleFolder = once(async () => {
  const files = mkdtempSync(join(tmpdir(), "binnacle-console-"));
  process.on("exit", () => rmSync(files, { recursive: true, force: true }));
  await buildPage(files);
  return files;
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
