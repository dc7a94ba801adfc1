// The way in: `node tools/launch.mjs <command> [arguments]`, behind every npm script and bin/binnacle. It installs
// what is missing, builds the console where the command needs it, and hands over to Bun. It runs on whatever Node
// (18 or later) the machine has and uses nothing but Node's own modules; everything else runs on Bun.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureConsole } from "./launch/console.mjs";
import { explain, show } from "./launch/explain.mjs";
import { findBun, handOver } from "./launch/hand-over.mjs";
import { ensureInstalled } from "./launch/install.mjs";

/** What each command runs on Bun, and whether the console must be built before it. */
const COMMANDS = {
  start: { run: ["src/main.ts", "start"], needsConsole: true },
  cli: { run: ["src/main.ts"], needsConsole: false },
  test: { run: ["tools/test.ts"], needsConsole: true },
  check: { run: ["tools/check.ts"], needsConsole: true },
  generate: { run: ["tools/generate.ts"], needsConsole: false },
  bench: { run: ["bench/main.ts"], needsConsole: true },
  drill: { run: ["drills/main.ts"], needsConsole: true },
  console: { run: ["tools/develop-console.ts"], needsConsole: false },
};

/** Resolves with the exit code of the command. */
async function launch(root, [name, ...args]) {
  const command = COMMANDS[name];
  if (!command) throw explain(`There is no command "${name}".`, `Use one of: ${Object.keys(COMMANDS).join(", ")}.`);
  if (Number.parseInt(process.versions.node, 10) < 18)
    throw explain(`Node ${process.versions.node} is too old to install Binnacle.`, "Use Node 18 or later.");
  await ensureInstalled(root);
  const bun = findBun(root);
  if (command.needsConsole || (name === "cli" && args[0] === "start")) await ensureConsole(root, bun);
  return handOver({ root, bun, script: command.run, args });
}

try {
  process.exitCode = await launch(dirname(dirname(fileURLToPath(import.meta.url))), process.argv.slice(2));
} catch (error) {
  show(error);
  process.exitCode = error.exitCode ?? 1;
}
