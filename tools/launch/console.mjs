// Makes console/dist what the console's sources say, and only when it is not. The build itself is build-console.ts.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { explain, interrupted } from "./explain.mjs";
import { withLock } from "./lock.mjs";
import { runChild } from "./run-child.mjs";

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
  const args = [join(root, "tools/build-console.ts"), hash];
  const result = await runChild(bun, args, { cwd: root, stdio: ["ignore", 2, "pipe"] });
  if (result.interrupted) throw interrupted(result.code);
  if (result.code !== 0) throw explain("The console could not be built.", "The build's own words stand above.");
}

/** SHA-256 over all that the build reads: paths and contents of the console, the client, the contracts and what they may import, the lock. */
function hashSources(root) {
  const hash = createHash("sha256");
  const paths = [
    ...listFiles(root, "console"),
    ...listFiles(root, "client"),
    ...listFiles(root, "src").filter((path) => path.endsWith("/contract.ts") || path.startsWith("src/kernel/")),
    "package-lock.json",
    "tools/build-console.ts",
  ];
  for (const path of paths.filter((name) => !name.includes(".test."))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function listFiles(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter((entry) => !entry.name.startsWith(".") && entry.name !== "dist" && entry.name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFiles(root, path) : [path];
    });
}
