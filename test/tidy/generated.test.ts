// Generated files are committed and must be what their generators make of the sources as they stand.
import { describe, expect, test } from "bun:test";
import { generatedFiles, readCommitted } from "../../tools/generate.ts";

/** Where two texts part, as `line 12: "a" is now "b"`; undefined when they are the same. */
function firstDifference(committed: string | undefined, made: string): string | undefined {
  if (committed === made) return undefined;
  if (committed === undefined) return "it does not exist";
  const [before, after] = [committed.split("\n"), made.split("\n")];
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at < 0 ? after.length : at;
  return `line ${line + 1}: ${JSON.stringify(before[line] ?? "")} would be ${JSON.stringify(after[line] ?? "")}`;
}

describe("generated files are fresh", () => {
  for (const { path, make } of generatedFiles)
    test(`${path} is what its generator makes`, async () => {
      const difference = firstDifference(readCommitted(path), await make());
      if (difference !== undefined)
        throw new Error(`${path} is stale: ${difference}. Run npm run generate and commit it.`);
      expect(difference).toBeUndefined();
    });

  test("a stale file is told from a fresh one", () => {
    expect(firstDifference("a\nb\n", "a\nb\n")).toBeUndefined();
    expect(firstDifference("a\nb\n", "a\nc\n")).toBe('line 2: "b" would be "c"');
    expect(firstDifference("a\n", "a")).toBe('line 2: "" would be ""');
    expect(firstDifference(undefined, "a")).toBe("it does not exist");
  });
});
