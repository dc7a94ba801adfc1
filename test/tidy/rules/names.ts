// Files are named after what they do, and every file says at its start what it is for.
import { type Finding, isTest, type Rule } from "../house.ts";

const BANNED = new Set(["utils", "util", "helpers", "helper", "types", "common", "shared", "misc", "lib", "core"]);
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const HEADER_LINES_MAX = 5;
const TITLE_WORDS_MIN = 2;

export const names: Rule = {
  name: "names",
  title: "files and folders are kebab-case and say what they do",
  check: ({ sources }) => sources.flatMap(({ path }) => judgePath(path)),
};

function judgePath(path: string): Finding[] {
  const words = path.split("/").map((part) => part.replace(/(\.(test|fixture|config|d))?\.[a-z]+$/, ""));
  return words.flatMap((word) => {
    if (BANNED.has(word)) return [{ path, line: 0, message: `"${word}" says nothing: name it after what it does.` }];
    if (!KEBAB.test(word))
      return [{ path, line: 0, message: `"${word}" is not kebab-case: write it like plan-attempts.ts.` }];
    return [];
  });
}

export const headers: Rule = {
  name: "headers",
  title: `a file starts with one to ${HEADER_LINES_MAX} lines that say what it is for`,
  check: ({ sources }) =>
    sources.filter(({ path }) => !isTest(path)).flatMap(({ path, text }) => judgeHeader(path, text)),
};

function judgeHeader(path: string, text: string): Finding[] {
  const lines = text.split("\n");
  const first = lines[0]?.startsWith("#!") ? 1 : 0;
  const rest = lines.slice(first);
  const count = rest.findIndex((line) => !line.startsWith("//"));
  if (count === 0)
    return [{ path, line: 1, message: "starts without a word: say what it is for and what it leaves to others." }];
  if (count > HEADER_LINES_MAX)
    return [{ path, line: 1, message: `starts with ${count} lines of comment: ${HEADER_LINES_MAX} must do.` }];
  return [];
}

export const testTitles: Rule = {
  name: "test-titles",
  title: "titles of tests are sentences",
  check: ({ sources }) =>
    sources
      .filter(({ path }) => path.includes(".test."))
      .flatMap(({ path, text, syntax }) =>
        [...text.matchAll(/^\s*(?:test|it)(?:\.\w+)*\(\s*(["'`])(.*?)\1/gm)]
          .filter(([, , title]) => (title ?? "").split(" ").length < TITLE_WORDS_MIN)
          .map((match) => ({
            path,
            line: syntax.lineAt(match.index),
            message: `the title "${match[2]}" is not a sentence: say what holds, as in "gives the hold back when the client hangs up".`,
          })),
      ),
};
