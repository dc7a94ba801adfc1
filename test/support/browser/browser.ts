// A real Chromium for tests, where there is one, and the console built for it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { buildPage } from "../../../console/dev/build-page.ts";
import { findChromium } from "./find-chromium.ts";

export const chromiumPath = findChromium(process.env["BINNACLE_CHROMIUM"]);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];
/** For pages that live for seconds: making their scripts fast costs more than it gives. Not where speed is measured. */
export const SHORT_LIVED = ["--js-flags=--no-opt --no-maglev --single-threaded"];
/** For what never comes, not for what comes slowly. */
const LAUNCH_MS = 60_000;

export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("there is no Chromium: install it, or name one in BINNACLE_CHROMIUM");
  return chromium.launch({ executablePath: chromiumPath, args: [...FLAGS, ...more], timeout: LAUNCH_MS });
}

/** Where the page is built already, for whoever runs many processes of tests. */
export const BUILT_CONSOLE_VARIABLE = "BINNACLE_TEST_CONSOLE";

/** The page, built once for all tests of this process. */
export const consoleFolder = once(async () => {
  const built = process.env[BUILT_CONSOLE_VARIABLE];
  if (built !== undefined) return built;
  const files = mkdtempSync(join(tmpdir(), "binnacle-console-"));
  process.on("exit", () => rmSync(files, { recursive: true, force: true }));
  await buildPage(files);
  return files;
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
