// docs/reference/errors.md: every error code with its status, whether trying again helps, what it says and what to do.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ErrorEntry, readErrorTables } from "./error-tables.ts";

const INTRODUCTION = `# Errors

Every error has a code, an HTTP status, a message that says what went wrong and where, and a fix. Over the model API they
come in the caller's dialect, with the code and the fix in it. *Again* says whether trying the same once more can help:
never, now (Binnacle itself goes on to the next target), or later (the answer has a Retry-After). \`‹…›\` stands for what
differs from case to case, \`[…]\` for what is not always there.

One code has no table: \`kernel.internal\` (500) is a defect. Its cause is in the log under the request's id.
`;

export function makeErrorReference(root: string): string {
  const files = [...new Bun.Glob("src/**/*.ts").scanSync(root)].filter((path) => !path.includes(".test.")).sort();
  const entries = files
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    .filter(({ text }) => text.includes("defineErrors("))
    .flatMap(({ path, text }) => readErrorTables(path, text));
  const groups = Map.groupBy(entries, ({ code }) => code.split(".")[0] ?? "");
  const sections = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, members]) => `## ${group}\n\n${members.map(describe).join("\n")}`);
  return `${INTRODUCTION}\n${sections.join("\n")}`;
}

function describe({ code, status, retry, message, fix }: ErrorEntry): string {
  return `### \`${code}\`\n\n${status} · again: ${retry}\n\n> ${quote(message)}\n\n${oneLine(fix)}\n`;
}

function quote(text: string): string {
  return text.trim().split("\n").join("\n> ");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
