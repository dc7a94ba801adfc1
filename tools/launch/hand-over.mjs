// Finds Bun's binary among the installed packages and runs the program on it.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { explain } from "./explain.mjs";
import { runtimeEnv } from "./runtime-env.mjs";
import { runChild } from "./run-child.mjs";

/** Path of Bun's binary. */
export function findBun(root) {
  const modules = join(root, "node_modules");
  // Its install script puts the binary here; where scripts may not run, a small placeholder stands in its place and
  // the binary stays in the package of this platform.
  const linked = join(modules, "bun/bin/bun.exe");
  if (existsSync(linked) && statSync(linked).size > 1_000_000) return linked;
  const platforms = existsSync(join(modules, "@oven")) ? readdirSync(join(modules, "@oven")).sort() : [];
  const binaries = platforms.flatMap((name) =>
    ["bun", "bun.exe"].map((file) => join(modules, "@oven", name, "bin", file)),
  );
  const found = binaries.find((path) => existsSync(path));
  if (found) return found;
  throw explain(
    `Bun's binary for ${process.platform}-${process.arch} is not among the installed packages.`,
    `Delete ${modules} and try again; Bun has builds for Linux, macOS and Windows on x64 and arm64.`,
  );
}

/** Runs `script` with `args` on Bun, in the caller's folder, and resolves with its exit code. */
export async function handOver({ root, bun, script, args }) {
  // Nothing is fetched or read from the folder that we happen to be in: no packages, no .env file.
  const bunArgs = ["--no-install", "--no-env-file", join(root, script), ...args];
  // Whoever sets one of these themselves has a reason.
  const env = { ...runtimeEnv, ...process.env };
  const { code } = await runChild(bun, bunArgs, { stdio: "inherit", env });
  return code;
}
