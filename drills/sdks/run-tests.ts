// Runs files of published tests with Bun, in a process and a folder of their own, with the packages that are installed here.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DrillContext } from "../drill.ts";
import type { RunName } from "./published-tests.ts";

export interface TestOutcome {
  /** Below the folder of the tests. */
  file: string;
  /** With the headings that it stands under. */
  title: string;
  outcome: "passed" | "failed" | "skipped";
  /** Why it failed. */
  message: string;
}

export interface TestRun {
  /** The folder of the tests; it is copied. */
  tests: string;
  files: readonly string[];
  /** What the tests are to be told; `in-tests.ts` acts upon it. */
  name: RunName;
  /** Address and key of the installation. */
  url: string;
  key: string;
  /** What stands before the path that a vendor is to see. */
  base: string;
  /** What TEST_API_BASE_URL says to them. */
  baseUrl: string;
}

export interface TestResults {
  outcomes: TestOutcome[];
  /** The requests that got what they wanted, in the words of `describeRequest`. */
  sent: string[];
}

const TEST_TIMEOUT_MS = 30_000;

export async function runTests(
  { root, folder, signal, defer }: Pick<DrillContext, "root" | "folder" | "signal" | "defer">,
  { tests, files, name, url, key, base, baseUrl }: TestRun,
): Promise<TestResults> {
  const place = join(folder, "tests");
  const notes = join(place, "notes.txt");
  const report = join(place, "report.xml");
  mkdirSync(place);
  cpSync(tests, join(place, "tests"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  for (const file of files) {
    const path = join(place, "tests", file);
    writeFileSync(
      path,
      `import { expect } from "${join(root, "drills/sdks/as-jest.ts")}"; ${readFileSync(path, "utf8")}`,
    );
  }
  signal.throwIfAborted();
  const flags = ["--no-install", "--no-env-file", `--timeout=${TEST_TIMEOUT_MS}`];
  const preload = ["--preload", join(root, "drills/sdks/in-tests.ts")];
  const reporter = ["--reporter=junit", `--reporter-outfile=${report}`];
  const paths = files.map((file) => `./tests/${file}`);
  const child = Bun.spawn([process.execPath, "test", ...flags, ...preload, ...reporter, ...paths], {
    cwd: place,
    env: {
      PATH: process.env["PATH"] ?? "",
      TEST_API_BASE_URL: baseUrl,
      BINNACLE_URL: url,
      BINNACLE_KEY: key,
      DRILL_BASE: base,
      DRILL_NOTES: notes,
      DRILL_RUN: name,
      NO_COLOR: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  defer(async () => {
    child.kill();
    await child.exited;
  });
  const [, output] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  await child.exited;
  if (!existsSync(report)) throw new Error(`the tests did not run: ${output.slice(-2000)}`);
  const sent = existsSync(notes) ? readFileSync(notes, "utf8").split("\n").filter(Boolean) : [];
  return { outcomes: readReport(readFileSync(report, "utf8")), sent };
}

const TEST = /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;

/** What a report in JUnit's form says of each test. */
export function readReport(xml: string): TestOutcome[] {
  return [...xml.matchAll(TEST)].map(([, said = "", inside = ""]) => {
    const heading = attributeIn(said, "classname");
    const failure = /<failure[^>]*>/.exec(inside)?.[0];
    return {
      file: attributeIn(said, "file").replace(/^(?:\.\/)?tests\//, ""),
      title: [heading, attributeIn(said, "name")].filter(Boolean).join(" > "),
      outcome: failure !== undefined ? "failed" : inside.includes("<skipped") ? "skipped" : "passed",
      message: failure === undefined ? "" : attributeIn(failure, "message"),
    };
  });
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", "#10": "\n", amp: "&" };

function attributeIn(tag: string, name: string): string {
  const [, value = ""] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag) ?? [];
  return value.replace(/&([a-z]+|#\d+);/g, (entity, code: string) => ENTITIES[code] ?? entity);
}
