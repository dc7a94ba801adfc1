// Where this machine's Chromium is: the one that BINNACLE_CHROMIUM names, or the first of the usual places.
import { existsSync } from "node:fs";

const USUAL = [
  // The same engine without a browser's window around it, at two thirds of the work.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Undefined where there is none; tests that need one are skipped then. */
export function findChromium(named: string | undefined): string | undefined {
  return (named === undefined || named === "" ? USUAL : [named]).find((path) => existsSync(path));
}
