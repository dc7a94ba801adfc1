// `npm run drill -- NAME [--seed N] [--json] [--keep] [options]`: breaks a throw-away installation on purpose and says what
// held. Exit code 0 when it held, 1 when it did not, 2 for wrong usage. docs/guide/drills.md describes each drill.
import { resolve } from "node:path";
import { drills } from "./catalogue.ts";
import { createReport } from "./run/report.ts";
import { readRequest, usage } from "./run/request.ts";
import { runDrill } from "./run/run-drill.ts";

const request = readRequest(Bun.argv.slice(2), drills);
if ("problem" in request) {
  console.error(`drill: ${request.problem}\n\n${usage(drills)}`);
  process.exit(2);
}
if ("help" in request) {
  process.stdout.write(usage(drills));
  process.exit(0);
}

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort(signal));

const report = createReport(request, {
  tell: (text) => void (request.asJson ? process.stderr : process.stdout).write(text),
  conclude: (line) => void process.stdout.write(line),
});
const outcome = await runDrill(request, { root: resolve(import.meta.dir, ".."), signal: interruption.signal, report });
process.exit(outcome.interrupted ? 130 : outcome.ok ? 0 : 1);
