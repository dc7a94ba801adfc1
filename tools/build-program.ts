// Builds the program into the folder it is given, such as dist/1f2e3d4c5b6a7988: whole or not at all, beside those of other sources,
// from which a running process may still read.
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import packageJson from "../package.json" with { type: "json" };
import { basename, dirname, join, resolve } from "node:path";

/** Of earlier builds, the newest ones stay. */
const KEPT = 3;
const HOUR_MS = 3_600_000;

/**
 * Plain code: packages of dozens or hundreds of files, which a start would read; and one that is asked for its default, which what is
 * compiled beforehand cannot ask a module of another format for. Others stay where npm put them: some look for files of their own.
 */
const PUT_IN = [
  "@orpc/",
  "@smithy/",
  "@stdlib/",
  "canonicalize",
  "commander",
  "hono",
  "jose",
  "jsonc-parser",
  "kysely",
  "libphonenumber-js",
  "openid-client",
  "prom-client",
  "stdnum",
  "yaml",
  "zod",
];

const root = join(import.meta.dir, "..");
const folder = resolve(root, Bun.argv[2] ?? "dist/program");
const all = dirname(folder);
const unfinished = join(all, `.${basename(folder)}-${process.pid}`);

await Bun.build({
  // The second is named by the first only as the file of a thread.
  entrypoints: ["src/main.ts", "src/embedding/builtin/embed-in-thread.ts"].map((path) => join(root, path)),
  target: "bun",
  // Compiled beforehand: a start has its code at hand in place of reading 4 MB of it. Bun can do that for this format alone.
  format: "cjs",
  bytecode: true,
  external: Object.keys(packageJson.dependencies)
    .filter((name) => !isPutIn(name))
    .flatMap((name) => [name, `${name}/*`]),
  sourcemap: "linked",
  naming: { entry: "[name].[ext]" },
  outdir: unfinished,
});
dropOld();
try {
  renameSync(unfinished, folder);
} catch (error) {
  // Another launch was faster.
  rmSync(unfinished, { recursive: true, force: true });
  if (!readdirSync(all).includes(basename(folder))) throw error;
}

function isPutIn(name: string): boolean {
  return PUT_IN.some((one) => (one.endsWith("/") ? name.startsWith(one) : name === one));
}

function dropOld(): void {
  const names = readdirSync(all).map((name) => ({ name, changedMs: statSync(join(all, name)).mtimeMs }));
  const drop = (name: string): void => rmSync(join(all, name), { recursive: true, force: true });
  const builds = names
    .filter(({ name }) => !name.startsWith("."))
    .toSorted((one, other) => other.changedMs - one.changedMs);
  for (const { name } of builds.slice(KEPT)) drop(name);
  // What was broken off.
  for (const { name, changedMs } of names) if (name.startsWith(".") && Date.now() - changedMs > HOUR_MS) drop(name);
}
