// The documents name files and folders of this repository; what they name must be there.
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dir, "../..");
const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "STYLE.md",
  "SECURITY.md",
  ...new Bun.Glob("docs/{decisions,guide}/**/*.md").scanSync(root),
].filter((path) => existsSync(join(root, path)));

/** Links to files, and paths in backticks such as `gateway/complete.ts`, which may leave out the src/ before them. */
function brokenReferences(path: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
    .map(([, link]) => link ?? "")
    .filter((link) => !existsSync(join(root, dirname(path), link)));
  const named = [...text.matchAll(/`((?:[a-z0-9.-]+\/)+[a-z0-9.-]*\.(?:ts|tsx|mjs|json|md))`/g)]
    .map(([, file]) => file ?? "")
    .filter((file) => !existsSync(join(root, file)) && !existsSync(join(root, "src", file)));
  return [...links, ...named];
}

describe("what documents name is there", () => {
  for (const path of documents)
    test(`in ${path}`, () => {
      expect(brokenReferences(path, readFileSync(join(root, path), "utf8"))).toEqual([]);
    });

  test("a name that leads nowhere is found", () => {
    const text =
      "See [this](src/nowhere.ts), [that](https://example.org/x), `gateway/complete.ts` and `gateway/plan-b.ts`.";
    expect(brokenReferences("README.md", text)).toEqual(["src/nowhere.ts", "gateway/plan-b.ts"]);
  });
});
