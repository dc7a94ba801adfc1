// The program as it was built: what may differ from the sources that most tests run.
import { describe, expect, test } from "bun:test";
import { createRequire } from "node:module";
import { join } from "node:path";
import { programOf } from "./program.mjs";

const root = join(import.meta.dir, "../..");
const program = programOf(root);
/** A package that stayed outside, and is asked for its default. */
const ASKED_FOR_DEFAULT = /__toESM\(require\("([^"]+)"\), 1\)/g;

describe.skipIf(program.startsWith("src"))("the built program", () => {
  test("asks no package for its default that has it as modules do: it would get the whole module", async () => {
    const text = await Bun.file(join(root, program)).text();
    const packages = [...text.matchAll(ASKED_FOR_DEFAULT)].map(([, name = ""]) => name);
    expect(packages).toContain("pino");
    const require = createRequire(join(root, program));
    const asModules = packages.filter((name) => Object.prototype.toString.call(require(name)) === "[object Module]");
    expect(asModules).toEqual([]);
  });

  test("is compiled beforehand", async () => {
    expect(await Bun.file(join(root, `${program}.jsc`)).exists()).toBe(true);
  });
});
