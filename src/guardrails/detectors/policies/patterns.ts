// Patterns that operators write, on an engine that takes time in proportion to the text whatever they write (RE2).
import { RE2JS } from "re2js";
import type { Finder } from "../scanning/finder.ts";

export interface PatternSettings {
  name: string;
  kind: string;
  pattern: string;
  ignoreCase: boolean;
  score: number;
}

/** What is wrong with it, or undefined. */
export function problemOfPattern(pattern: string): string | undefined {
  try {
    return RE2JS.compile(pattern).matches("") ? "it matches the empty text, and so everywhere" : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "it does not parse";
  }
}

export function createPatternFinder({ name, kind, pattern, ignoreCase, score }: PatternSettings): Finder {
  const compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  return {
    kinds: [kind],
    find({ text }, matches) {
      const matcher = compiled.matcher(text);
      while (matcher.find()) {
        const start = matcher.start();
        const end = matcher.end();
        if (end > start) matches.push({ kind, start, end, score, why: `the pattern ${name}` });
      }
    },
  };
}
