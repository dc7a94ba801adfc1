// What a browser must fetch of JavaScript before the first page can be drawn: the scripts that index.html names, and what it says
// will be needed with them. Chunks of other pages come when those are opened.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Of the issue: gzip, for the first load. */
export const FIRST_LOAD_BYTES_MAX = 250_000;

/** `files` is a built console, with a compressed twin beside each file. */
export function firstLoad(files: string): { scripts: string[]; gzipBytes: number } {
  const html = readFileSync(join(files, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="(?:\.?\/)?([^"]+\.js)"/g)].map(([, name]) => name ?? "");
  const scripts = [...new Set(named)];
  const gzipBytes = scripts.reduce((sum, name) => sum + statSync(join(files, `${name}.gz`)).size, 0);
  return { scripts, gzipBytes };
}
