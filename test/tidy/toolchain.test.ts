// Format, lint and types as tests, so that `npm test` is the whole truth; `npm run check` shows their own output. What
// oxlint checks of the house rules is proven here, for .oxlintrc.json is as easily loosened as any code.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, toolChecks } from "../../tools/steps/tools.ts";

// For a tool that hangs, not for slow machines.
const TIMEOUT_MS = 300_000;

async function run(command: string[], cwd: string): Promise<{ code: number; output: string }> {
  const child = Bun.spawn(command, {
    cwd,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, words] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { code: await child.exited, output: output + words };
}

describe("the tools are content", () => {
  for (const { name, command, fix } of toolChecks)
    test(
      `with the ${name} of the whole repository`,
      async () => {
        const { code, output } = await run(command, root);
        if (code !== 0) throw new Error(`${output}\n${fix}`);
        expect(code).toBe(0);
      },
      TIMEOUT_MS,
    );
});

/** Files that break a house rule of oxlint, and the rule's name. */
const samples: [string, string, string][] = [
  ["src/any.ts", "export const x: any = 1;\n", "no-explicit-any"],
  ["src/cast.ts", "export const x = JSON.parse('1') as any;\n", "no-explicit-any"],
  ["src/default.ts", "export default 1;\n", "no-default-export"],
  ["src/note.ts", "// TODO: later\n", "no-warning-comments"],
  ["src/ledger/print.ts", "console.log('x');\n", "no-console"],
  ["src/many.ts", "export function f(a: 1, b: 1, c: 1, d: 1) {\n  return [a, b, c, d];\n}\n", "max-params"],
  ["src/silence.ts", "// @ts-ignore\nexport const x = 1;\n", "ban-ts-comment"],
  ["src/abbreviated.ts", "export const req = 1;\n", "id-denylist"],
  ["src/bang.ts", "export const f = (x?: string) => x!.length;\n", "no-non-null-assertion"],
];

describe("oxlint goes red", () => {
  let folder = "";
  let output = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tidy-lint-"));
    copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    for (const [path, text] of samples) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const lint = join(root, "node_modules/oxlint/bin/oxlint");
    output = (await run([process.execPath, lint, "--format=unix"], folder)).output;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  for (const [path, , rule] of samples)
    test(`over ${path}, by ${rule}`, () => {
      expect(output.split("\n").filter((line) => line.startsWith(path) && line.includes(rule))).not.toEqual([]);
    });
});
