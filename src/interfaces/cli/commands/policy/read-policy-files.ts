// The *.cedar files of a folder, or one.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Cli } from "../../cli.ts";
import { cliErrors } from "../../errors.ts";

export interface PolicyFile {
  name: string;
  text: string;
}

/** Throws `cli.no_policy_files`. */
export function readPolicyFiles({ host }: Cli, path: string): PolicyFile[] {
  const files = filesAt(resolve(host.cwd, path), ".cedar");
  if (files.length === 0) throw cliErrors.no_policy_files({ path });
  return files.map((file) => ({ name: basename(file), text: readFileSync(file, "utf8") }));
}

/** Paths of the files that end so, in the order of their names. */
export function filesAt(path: string, ending: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return path.endsWith(ending) ? [path] : [];
  return readdirSync(path)
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(path, name));
}
