// The launcher against small trees of its own, with stand-ins for npm and Bun that write down what they are asked.
import { afterEach, describe, expect, test } from "bun:test";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const trees: string[] = [];
afterEach(() => trees.splice(0).forEach((tree) => rmSync(tree, { recursive: true })));

const LOCK = JSON.stringify({ packages: { "": {}, "node_modules/bun": { version: "1.0.0" } } });

/** Installs what the launcher looks for, unless the tree says how it should fail. */
const NPM = `
const { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
appendFileSync("npm.log", process.argv.slice(2).join(" ") + "\\n");
rmSync("node_modules", { recursive: true, force: true });
if (existsSync("npm-fails")) { console.error(readFileSync("npm-fails", "utf8")); process.exit(1); }
setTimeout(() => {
  mkdirSync("node_modules/@oven/bun-test/bin", { recursive: true });
  mkdirSync("node_modules/bun");
  writeFileSync("node_modules/bun/package.json", "{}");
  writeFileSync("node_modules/.package-lock.json", readFileSync("package-lock.json"));
  copyFileSync("bun.sh", "node_modules/@oven/bun-test/bin/bun");
}, 300);
`;

/** Says what it runs; ends as a file of the tree tells it to. */
const BUN = `#!/bin/sh
root="$(dirname "$0")/../../../.."
case "$*" in
  *build-console*) echo built >> "$root/builds.log"; mkdir -p "$root/console/dist"; printf %s "$2" > "$root/console/dist/.stamp"; exit 0;;
  *build-program*) echo program >> "$root/builds.log"; mkdir -p "$root/$2"; echo > "$root/$2/main.js"; exit 0;;
  *wait*) trap 'echo stopped; exit 3' TERM; echo waiting; while :; do sleep 0.05; done;;
  *fail*) exit 7;;
esac
echo "$PWD|$BUN_CONFIG_MAX_HTTP_REQUESTS|$*"
`;

function makeTree(files: Record<string, string> = {}): string {
  const tree = mkdtempSync(join(tmpdir(), "binnacle launch "));
  trees.push(tree);
  const tools = join(import.meta.dir, "..");
  cpSync(join(tools, "launch.mjs"), join(tree, "tools/launch.mjs"));
  cpSync(join(tools, "launch"), join(tree, "tools/launch"), { recursive: true });
  const all = {
    "package.json": "{}",
    "package-lock.json": LOCK,
    "npm.js": NPM,
    "bun.sh": BUN,
    "tools/build-console.ts": "",
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  chmodSync(join(tree, "bun.sh"), 0o755);
  return tree;
}

function spawn(tree: string, args: string[]) {
  const { npm_lifecycle_event: _, BUN_CONFIG_MAX_HTTP_REQUESTS: __, ...env } = process.env;
  return Bun.spawn(["node", join(tree, "tools/launch.mjs"), ...args], {
    cwd: tmpdir(),
    env: { ...env, npm_execpath: join(tree, "npm.js") },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function launch(tree: string, ...args: string[]) {
  const child = spawn(tree, args);
  const [out, problems] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { code: await child.exited, out, problems };
}

const log = (tree: string, name: string): string[] => readFileSync(join(tree, name), "utf8").trim().split("\n");

describe("the launcher", () => {
  test("installs once, then hands over in the caller's folder with the caller's arguments", async () => {
    const tree = makeTree();
    const first = await launch(tree, "cli", "keys", "list a b");
    expect(first.out).toBe(`${tmpdir()}|4096|--no-install --no-env-file ${tree}/src/main.ts keys list a b\n`);
    expect(first.problems).toContain("installing the dependencies");
    expect((await launch(tree, "cli", "status")).problems).toBe("");
    expect(log(tree, "npm.log")).toHaveLength(1);
    expect(log(tree, "npm.log")[0]).toStartWith("ci --no-audit --no-fund");
  });

  test("installs again when the lock has changed, and not when somebody else has installed just this", async () => {
    const tree = makeTree();
    await launch(tree, "cli");
    writeFileSync(join(tree, "package-lock.json"), LOCK.replace("1.0.0", "1.0.1"));
    await launch(tree, "cli");
    expect(log(tree, "npm.log")).toHaveLength(2);
    rmSync(join(tree, "node_modules/.install-stamp"));
    await launch(tree, "cli");
    expect(log(tree, "npm.log")).toHaveLength(2);
  });

  test("installs when npm's list names what is not there", async () => {
    const tree = makeTree({ "node_modules/.package-lock.json": LOCK });
    await launch(tree, "cli");
    expect(log(tree, "npm.log")).toHaveLength(1);
  });

  test("does not install through a link, which would empty the folder behind it", async () => {
    const owner = makeTree({ "node_modules/kept.txt": "kept" });
    const tree = makeTree();
    symlinkSync(join(owner, "node_modules"), join(tree, "node_modules"));
    const { code, problems } = await launch(tree, "cli");
    expect(code).toBe(1);
    expect(problems).toContain("is a link");
    expect(readFileSync(join(owner, "node_modules/kept.txt"), "utf8")).toBe("kept");
    expect(existsSync(join(tree, "npm.log"))).toBe(false);
  });

  test("installs once when two start at the same time", async () => {
    const tree = makeTree();
    const [one, other] = await Promise.all([launch(tree, "cli"), launch(tree, "cli")]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(log(tree, "npm.log")).toHaveLength(1);
  });

  test("waits for another launch that is installing", async () => {
    const tree = makeTree({ ".install.lock": String(process.pid) });
    const child = spawn(tree, ["cli"]);
    const reader = child.stderr.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain("another launch is installing");
    rmSync(join(tree, ".install.lock"));
    expect(await child.exited).toBe(0);
  });

  test("takes over the lock of a launch that died", async () => {
    const dead = Bun.spawn(["true"]);
    await dead.exited;
    const tree = makeTree({ ".install.lock": String(dead.pid) });
    expect((await launch(tree, "cli")).code).toBe(0);
  });

  for (const [words, said] of [
    ["npm error code ENOTFOUND", "could not reach its registry"],
    ["npm error code EACCES", "may not write"],
    ["npm error code ENOSPC", "disk is full"],
    ["npm error something else", "npm ci failed with exit code 1"],
  ] as const)
    test(`says what to do when npm ends with "${words}"`, async () => {
      const { code, problems } = await launch(makeTree({ "npm-fails": words }), "cli");
      expect(code).toBe(1);
      expect(problems).toContain(`${words}\n`);
      expect(problems).toContain(said);
    });

  test("builds the console before a start, and again only when its sources have changed", async () => {
    const tree = makeTree({ "console/vite.config.ts": "", "client/index.ts": "", "src/ledger/contract.ts": "1" });
    await launch(tree, "start");
    await launch(tree, "start");
    await launch(tree, "cli", "status");
    expect(log(tree, "builds.log")).toHaveLength(1);
    writeFileSync(join(tree, "src/ledger/contract.ts"), "2");
    await launch(tree, "cli", "start");
    expect(log(tree, "builds.log")).toHaveLength(2);
  });

  test("builds the program from changed sources beside what runs, and is content with the sources where it cannot", async () => {
    const tree = makeTree({ "tools/build-program.ts": "", "src/main.ts": "1", "src/main.test.ts": "1" });
    const ran = async (): Promise<string | undefined> =>
      (await launch(tree, "cli", "status")).out.split(`${tree}/`)[1]?.split(" ")[0];
    const first = await ran();
    expect(first).toMatch(/^dist\/[0-9a-f]{16}\/main\.js$/);
    writeFileSync(join(tree, "src/main.test.ts"), "2");
    expect(await ran()).toBe(first);
    writeFileSync(join(tree, "src/main.ts"), "2");
    expect(await ran()).not.toBe(first);
    expect(existsSync(join(tree, first ?? ""))).toBe(true);
    writeFileSync(join(tree, "src/main.ts"), "1");
    expect(await ran()).toBe(first);
    expect(log(tree, "builds.log")).toEqual(["program", "program"]);
    rmSync(join(tree, "tools/build-program.ts"));
    expect(await ran()).toBe("src/main.ts");
  });

  test("reads no source again that was not touched, and each that was, whatever its size and age", async () => {
    const source = "src/main.ts";
    const tree = makeTree({ "tools/build-program.ts": "", [source]: "1" });
    const note = join(tree, "dist/.program-sources");
    const start = async (): Promise<string> => (await launch(tree, "cli", "status")).out;
    // Not before they have been left alone for some seconds.
    while (!existsSync(note)) await start();
    const noted = readFileSync(note, "utf8");
    writeFileSync(note, noted.replace(/ .*/, ` ${"ab".repeat(32)}`));
    expect(await start()).toContain(`dist/${"ab".repeat(8)}/main.js`);
    writeFileSync(note, noted);
    const before = await start();
    const { atime, mtime } = statSync(join(tree, source));
    writeFileSync(join(tree, source), "2");
    utimesSync(join(tree, source), atime, mtime);
    expect(await start()).not.toBe(before);
  });

  test("passes the exit code through, and knows its commands", async () => {
    const tree = makeTree();
    expect((await launch(tree, "cli", "fail")).code).toBe(7);
    const { code, problems } = await launch(tree, "strat");
    expect([code, problems]).toEqual([1, expect.stringContaining('no command "strat"')]);
  });

  test("passes SIGTERM on, and ends when the program has ended", async () => {
    const tree = makeTree();
    await launch(tree, "cli");
    const child = spawn(tree, ["cli", "wait"]);
    const reader = child.stdout.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("waiting\n");
    child.kill("SIGTERM");
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("stopped\n");
    expect(await child.exited).toBe(3);
  });
});

test("every npm script takes the place of npm's shell, which would keep npm's signals to itself", () => {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dir, "../../package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(Object.values(scripts).filter((script) => !script.startsWith("exec node tools/launch.mjs "))).toEqual([]);
});
