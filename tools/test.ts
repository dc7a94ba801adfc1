// `npm test -- [paths] [flags]`: all tests, the house rules among them, or those named. Ends with `N passed, N failed`.
import { findChromium } from "../test/support/browser/find-chromium.ts";
import { ensureChromium, runQuietly } from "./steps/ensure-chromium.ts";
import { describeTotals, runTests } from "./steps/run-tests.ts";

await ensureChromium({
  found: findChromium(process.env["BINNACLE_CHROMIUM"]),
  isRoot: process.getuid?.() === 0,
  hasApt: Bun.which("apt-get") !== null,
  run: runQuietly,
  tell: console.log,
});
const totals = await runTests(Bun.argv.slice(2));
console.log(describeTotals(totals));
process.exit(totals.failed > 0 ? 1 : 0);
