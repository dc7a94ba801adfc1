// Policies as files: every *.cedar of a folder, in the order of their names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyText } from "../engine/policy-text.ts";
import { policyErrors } from "../errors.ts";

/** Throws `policy.folder_unusable`. */
export function readPolicyFolder(folder: string): PolicyText[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".cedar"))
      .toSorted()
      .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  } catch (cause) {
    throw policyErrors.folder_unusable(
      { folder, why: cause instanceof Error ? cause.message : "no such folder" },
      cause,
    );
  }
}
