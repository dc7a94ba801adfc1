// Makes console/dist what the console's sources say, and only when it is not. The build itself is build-console.ts.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { explain, interrupted } from "./explain.mjs";
import { hashFiles } from "./hash-files.mjs";
import { withLock } from "./lock.mjs";
import { runChild } from "./run-child.mjs";

const SCRIPT = "tools/build-console.ts";

/** Resolves once the console is built from these sources; throws an explained error when the build fails. */
export async function ensureConsole(root, bun) {
  if (!existsSync(join(root, "console/vite.config.ts"))) {
    process.stderr.write("binnacle: there is no console/vite.config.ts, so the console is not built.\n");
    return;
  }
  if (isBuilt(root, hashSources(root))) return;
  const buildOnce = async () => {
    const hash = hashSources(root);
    if (!isBuilt(root, hash)) await build(root, bun, hash);
  };
  await withLock(join(root, "console/.build.lock"), "building the console", buildOnce);
}

function isBuilt(root, hash) {
  const stamp = join(root, "console/dist/.stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

async function build(root, bun, hash) {
  process.stderr.write("binnacle: building the console …\n");
  const args = [join(root, SCRIPT), hash];
  const result = await runChild(bun, args, { cwd: root, stdio: ["ignore", 2, "pipe"] });
  if (result.interrupted) throw interrupted(result.code);
  if (result.code !== 0) throw explain("The console could not be built.", "The build's own words stand above.");
}

function hashSources(root) {
  const places = ["console", "client", "src", "package-lock.json", SCRIPT];
  return hashFiles(root, { places, isRead, note: "dist/.console-sources" });
}

/** The console's own, the client, the contracts and what they may import. */
function isRead(path) {
  return !path.startsWith("src/") || path.endsWith("/contract.ts") || path.startsWith("src/kernel/");
}
