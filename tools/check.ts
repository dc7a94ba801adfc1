// `npm run check`: all that must hold before a change goes in. Format, lint and types first, with their own words;
// then the tests, which include the house rules and that generated files are fresh.
import { describeTotals, runTests } from "./steps/run-tests.ts";
import { root, toolChecks } from "./steps/tools.ts";

const failures: string[] = [];
for (const { name, command, fix } of toolChecks) {
  const isContent = (await Bun.spawn(command, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).exited) === 0;
  console.log(isContent ? `${name}: ok` : `${name}: failed. ${fix}`);
  if (!isContent) failures.push(name);
}
const totals = await runTests(Bun.argv.slice(2));
if (failures.length > 0) console.log(`Not content: ${failures.join(", ")}`);
const failed = totals.failed + failures.length;
console.log(describeTotals({ ...totals, failed }));
process.exit(failed > 0 ? 1 : 0);
