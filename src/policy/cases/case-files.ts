// Files of example cases, *.cases.yaml: they stand beside those with policies, in a folder as in a version, and decide nothing.
import { parseDocument } from "yaml";
import type { PolicyText } from "../engine/policy-text.ts";
import { policyErrors } from "../errors.ts";
import { type PolicyCase, readCases } from "./read-cases.ts";

/** A longer text is not read a second time to tell the line: that takes a hundred times as long, in which no call is decided. */
const TOLD_LINE_LENGTH_MAX = 20_000;

export const isCaseFile = ({ name }: Pick<PolicyText, "name">): boolean => name.endsWith(".cases.yaml");

/** Throws `policy.cases_unreadable`. */
export function readCaseFiles(texts: readonly PolicyText[]): PolicyCase[] {
  return texts.flatMap(({ name, text }) => readCases(name, treeOf(name, text)));
}

function treeOf(file: string, text: string): unknown {
  let tree: unknown;
  try {
    tree = Bun.YAML.parse(text);
  } catch (cause) {
    const { line, problem } = whereWrong(text);
    const at = line === undefined ? file : `${file}, line ${line}`;
    const said = cause instanceof Error ? cause.message : "it is no YAML";
    throw policyErrors.cases_unreadable({ file: at, problem: problem ?? said }, cause);
  }
  if (hasAliases(tree))
    throw policyErrors.cases_unreadable({ file, problem: "it has aliases; write each case in full" });
  return tree;
}

function whereWrong(text: string): { line?: number | undefined; problem?: string | undefined } {
  if (text.length > TOLD_LINE_LENGTH_MAX) return {};
  const [error] = parseDocument(text).errors;
  return { line: error?.linePos?.[0].line, problem: error?.message.split(/ at line |\n/)[0] };
}

/** What is said once and meant a thousand times would be looked at a thousand times. */
function hasAliases(tree: unknown): boolean {
  const seen = new Set<object>();
  const next: unknown[] = [tree];
  while (next.length > 0) {
    const node = next.pop();
    if (typeof node !== "object" || node === null) continue;
    if (seen.has(node)) return true;
    seen.add(node);
    for (const value of Object.values(node)) next.push(value);
  }
  return false;
}
