// The way in: `node tools/launch.mjs <command> [arguments]`, behind every npm script and bin/binnacle. It installs
// what is missing, builds what the command needs, and hands over to Bun. It runs on whatever Node
// (18 or later) the machine has and uses nothing but Node's own modules; everything else runs on Bun.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureConsole } from "./launch/console.mjs";
import { explain, show } from "./launch/explain.mjs";
import { findBun, handOver } from "./launch/hand-over.mjs";
import { ensureInstalled } from "./launch/install.mjs";
import { ensureProgram } from "./launch/program.mjs";

/** What each command runs on Bun, the program itself where it names no script, and what must be built before it. */
const COMMANDS = {
  start: { first: ["start"], needs: ["console", "program"] },
  cli: { needs: ["program"] },
  test: { script: "tools/test.ts", needs: ["console", "program"] },
  check: { script: "tools/check.ts", needs: ["console", "program"] },
  generate: { script: "tools/generate.ts" },
  bench: { script: "bench/main.ts", needs: ["console", "program"] },
  drill: { script: "drills/main.ts", needs: ["console", "program"] },
  console: { script: "tools/develop-console.ts" },
  seed: { script: "tools/seed/main.ts" },
};

/** Resolves with the exit code of the command. */
async function launch(root, [name, ...args]) {
  const command = COMMANDS[name];
  if (!command) throw explain(`There is no command "${name}".`, `Use one of: ${Object.keys(COMMANDS).join(", ")}.`);
  if (Number.parseInt(process.versions.node, 10) < 18)
    throw explain(`Node ${process.versions.node} is too old to install Binnacle.`, "Use Node 18 or later.");
  await ensureInstalled(root);
  const bun = findBun(root);
  const { script, first = [], needs = [] } = command;
  if (needs.includes("console") || (name === "cli" && args[0] === "start")) await ensureConsole(root, bun);
  const program = needs.includes("program") ? await ensureProgram(root, bun) : undefined;
  return handOver({ root, bun, script: script ?? program, args: [...first, ...args] });
}

try {
  process.exitCode = await launch(dirname(dirname(fileURLToPath(import.meta.url))), process.argv.slice(2));
} catch (error) {
  show(error);
  process.exitCode = error.exitCode ?? 1;
}
