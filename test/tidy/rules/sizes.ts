// Files that can be read in one sitting and functions that fit on a screen. They grow one harmless addition at a time.
import type { Finding, Rule } from "../house.ts";
import { dottedName, isNode, type Source, type SyntaxNode, walk } from "../../../tools/syntax.ts";

const FILE_LINES_MAX = 600;
const FILE_LINES_REASON = 400;
const FUNCTION_LINES_MAX = 70;
const MEDIAN_MAX = 100;
const NINETIETH_MAX = 300;

function lineCount({ text }: Source): number {
  return text.trimEnd().split("\n").length;
}

export const fileSizeLimit: Rule = {
  name: "file-size-limit",
  title: `no file is longer than ${FILE_LINES_MAX} lines, whatever the reason`,
  check: ({ sources }) => longerThan(sources, FILE_LINES_MAX, "split it by what its parts are for."),
};

export const fileSize: Rule = {
  name: "file-size",
  title: `a file of more than ${FILE_LINES_REASON} lines has a reason`,
  check: ({ sources }) =>
    longerThan(sources, FILE_LINES_REASON, "split it, or give the reason in test/tidy/exceptions.ts."),
};

function longerThan(sources: Source[], max: number, fix: string): Finding[] {
  return sources
    .filter((source) => lineCount(source) > max)
    .map((source) => ({
      path: source.path,
      line: 0,
      message: `has ${lineCount(source)} lines, more than ${max}: ${fix}`,
    }));
}

export const typicalSize: Rule = {
  name: "typical-size",
  title: `the median file has under ${MEDIAN_MAX} lines, nine in ten under ${NINETIETH_MAX}`,
  check({ sources }) {
    const counts = sources.map(lineCount).sort((a, b) => a - b);
    const [median, ninetieth] = [0.5, 0.9].map((share) => counts[Math.floor(counts.length * share)] ?? 0);
    const isFine = median !== undefined && ninetieth !== undefined && median < MEDIAN_MAX && ninetieth < NINETIETH_MAX;
    const message = `the median file has ${median} lines and the 90th percentile ${ninetieth}: split the longest files.`;
    return isFine ? [] : [{ path: ".", line: 0, message }];
  },
};

export const functionSize: Rule = {
  name: "function-size",
  title: `a function fits on a screen: ${FUNCTION_LINES_MAX} lines, markup aside`,
  check: ({ sources }) =>
    sources.flatMap((source) =>
      longFunctions(source).map(({ line, lines, name }) => ({
        path: source.path,
        line,
        message: `${name} has ${lines} lines, more than ${FUNCTION_LINES_MAX}: give its parts names of their own.`,
      })),
    ),
};

function longFunctions({ syntax }: Source): { name: string; line: number; lines: number }[] {
  const found: { name: string; line: number; lines: number }[] = [];
  walk(syntax.program, (node, ancestors) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
    const parent = ancestors.at(-1);
    if (isGroupOfTests(parent)) return;
    const line = syntax.lineAt(node.start);
    const lines = syntax.lineAt(node.end - 1) - line + 1 - markupLines(node, syntax.lineAt);
    if (lines > FUNCTION_LINES_MAX) found.push({ name: nameOf(node, parent), line, lines });
  });
  return found;
}

/** `describe("…", () => { … })`, and `describeConsole` with it, is a heading over functions, not one itself. */
function isGroupOfTests(parent: SyntaxNode | undefined): boolean {
  if (parent?.type !== "CallExpression") return false;
  const callee =
    isNode(parent["callee"]) && parent["callee"].type === "CallExpression"
      ? parent["callee"]["callee"]
      : parent["callee"];
  return /^describe(Console)?(\.|$)/.test(dottedName(callee) ?? "");
}

/** Lines within outermost JSX elements of more than one line. */
function markupLines(functionNode: SyntaxNode, lineAt: (offset: number) => number): number {
  let lines = 0;
  walk(functionNode, (node) => {
    if (node.type !== "JSXElement" && node.type !== "JSXFragment") return;
    lines += lineAt(node.end - 1) - lineAt(node.start);
    return false;
  });
  return lines;
}

function nameOf(node: SyntaxNode, parent: SyntaxNode | undefined): string {
  const named = dottedName(node["id"]) ?? dottedName(parent?.["id"]) ?? dottedName(parent?.["key"]);
  return named === undefined ? "a function" : `${named}()`;
}
