// `npm test -- [paths] [flags]`: all tests, the house rules among them, or those named. Ends with `N passed, N failed`.
import { describeTotals, runTests } from "./steps/run-tests.ts";

const totals = await runTests(Bun.argv.slice(2));
console.log(describeTotals(totals));
process.exit(totals.failed > 0 ? 1 : 0);
