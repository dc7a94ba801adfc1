// Starting the real process: what it prints, what it refuses to start on, and that it leaves nothing behind.
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { programOf } from "../../tools/launch/program.mjs";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestDatabase } from "../support/database.ts";

const ROOT = resolve(import.meta.dir, "../..");
const MAIN = join(ROOT, programOf(ROOT));
const homes: string[] = [];
const children: Bun.Subprocess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGINT");
    await child.exited;
  }
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "binnacle-start-"));
  homes.push(home);
  return home;
}

interface Running {
  child: Bun.Subprocess<"ignore", "pipe", "pipe">;
  /** What it printed up to the ready line, or to its end. */
  output: string;
  url: string | undefined;
}

async function start(env: Record<string, string>, args: string[] = []): Promise<Running> {
  const child = Bun.spawn([process.execPath, MAIN, "start", ...args], {
    cwd: newHome(),
    env: {
      PATH: process.env["PATH"] ?? "",
      BINNACLE_PORT: "0",
      BINNACLE__PROVIDERS__FIND_LOCAL_SERVERS: "false",
      ...env,
    },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  children.push(child);
  let output = "";
  for await (const chunk of child.stdout) {
    output += Buffer.from(chunk).toString("utf8");
    if (output.includes("calls tail")) break;
  }
  return { child, output, url: /ready: (\S+)/.exec(output)?.[1] };
}

async function refusal({ child }: Running): Promise<{ code: number; text: string }> {
  return { code: await child.exited, text: await new Response(child.stderr).text() };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the process", () => {
  test("starts with its own PostgreSQL, answers, stops on Ctrl-C and leaves no process behind", async () => {
    const home = newHome();
    const { child, output, url } = await start({ BINNACLE_HOME: home });
    expect(output).toContain("Binnacle is ready: http://127.0.0.1:");
    expect(output).toContain(readFileSync(join(home, "admin.key"), "utf8").trim());
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const postmaster = Number(readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    expect(alive(postmaster)).toBe(true);
    child.kill("SIGINT");
    expect(await child.exited).toBe(0);
    expect(alive(postmaster)).toBe(false);

    const again = await start({ BINNACLE_HOME: home });
    expect(again.url).toBeDefined();
    expect(again.output).not.toContain("shown this once");
  }, 300_000);

  test("takes another database by DATABASE_URL", async () => {
    const database = await startTestDatabase();
    const { output, child } = await start({ BINNACLE_HOME: newHome(), DATABASE_URL: database.url });
    expect(output).toContain("given");
    expect(output).not.toContain(new URL(database.url.replace("@/", "@host/")).password || "no password");
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
    await database.close();
  }, 300_000);

  test("a second one on the same data folder is refused and the first goes on", async () => {
    const database = await startAppDatabase();
    const env = { BINNACLE_HOME: newHome(), DATABASE_URL: database.url };
    const first = await start(env);
    const second = await refusal(await start(env));
    expect(second.code).toBe(1);
    expect(second.text).toContain(String(first.child.pid));
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    first.child.kill("SIGINT");
    await first.child.exited;
    await database.close();
  }, 300_000);

  test("a port that is taken, a folder that is none and an unknown key in the config each stop the start with words", async () => {
    const database = await startAppDatabase();
    const taken = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
    const base = { BINNACLE_HOME: newHome(), DATABASE_URL: database.url };
    const onPort = await refusal(await start({ ...base, BINNACLE_PORT: String(taken.port) }));
    expect(onPort.code).toBe(1);
    expect(onPort.text).toContain(`127.0.0.1:${taken.port}`);
    expect(onPort.text).toContain("BINNACLE_PORT=");
    await taken.stop(true);

    const file = join(newHome(), "file");
    writeFileSync(file, "");
    const onFile = await refusal(await start({ ...base, BINNACLE_HOME: join(file, "home") }));
    expect(onFile.code).toBe(1);
    expect(onFile.text).toContain(file);

    const config = join(newHome(), "binnacle.yaml");
    writeFileSync(config, "gatewya: {}\n");
    const onKey = await refusal(await start({ ...base, BINNACLE_CONFIG: config }));
    expect(onKey.code).toBe(1);
    expect(onKey.text).toContain('did you mean "gateway"');

    const onDatabase = await refusal(await start({ ...base, DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" }));
    expect(onDatabase.code).toBe(1);
    await database.close();
  }, 300_000);
});
