// The *.cedar files of a folder with the cases beside them, or one such file.
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
  return files.map(readText);
}

/** The cases of a folder; none where the path is one file of policies. */
export function readCaseTexts({ host }: Cli, path: string): PolicyFile[] {
  return filesAt(resolve(host.cwd, path), ".cases.yaml").map(readText);
}

/** One file of cases, whatever its name. Throws `policy.cases_unreadable`. */
export async function readCaseText({ host }: Cli, path: string): Promise<PolicyFile> {
  try {
    return readText(resolve(host.cwd, path));
  } catch (error) {
    const { policyErrors } = await import("../../../../policy/index.ts");
    throw policyErrors.cases_unreadable({ file: path, problem: error instanceof Error ? error.message : "no file" });
  }
}

const readText = (file: string): PolicyFile => ({ name: basename(file), text: readFileSync(file, "utf8") });

/** Paths of the files that end so, in the order of their names. */
function filesAt(path: string, ending: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return path.endsWith(ending) ? [path] : [];
  return readdirSync(path)
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(path, name));
}
