// The crash drill itself, small, as an operator runs it; and interrupted. Its verdict is judge-record.ts's, tested there.
import { expect, test } from "bun:test";
import { join } from "node:path";
import { runtimeEnv } from "../../tools/launch/runtime-env.mjs";
import { findProcesses } from "../installation/leftovers.ts";

const MAIN = join(import.meta.dir, "../main.ts");
/** For a drill that hangs, not for slow machines. */
const TIMEOUT_MS = 400_000;

function startDrill(...args: string[]) {
  return Bun.spawn([process.execPath, "--no-install", MAIN, ...args], {
    env: { ...process.env, ...runtimeEnv },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test(
  "kills, starts again, and finds every answered call on record once",
  async () => {
    // Of the seeds, one whose rounds are short.
    const drill = startDrill("crash", "--rounds", "2", "--rate", "50", "--seed", "183", "--json");
    const [output, told] = await Promise.all([new Response(drill.stdout).text(), new Response(drill.stderr).text()]);
    const result = JSON.parse(output) as Record<string, unknown>;
    if (result["ok"] !== true) throw new Error(told);
    expect(result).toMatchObject({
      drill: "crash",
      ok: true,
      seed: 183,
      rounds: 2,
      missing: 0,
      doubled: 0,
      broken: [],
    });
    expect(result["answered"]).toBeGreaterThan(2);
    expect(result["recorded"]).toBeGreaterThanOrEqual(Number(result["answered"]));
    expect(await drill.exited).toBe(0);
  },
  TIMEOUT_MS,
);

test(
  "leaves nothing behind when it is interrupted",
  async () => {
    const drill = startDrill("crash", "--rounds", "1000", "--keep");
    let told = "";
    for await (const chunk of drill.stdout) {
      told += Buffer.from(chunk).toString();
      if (told.includes("round 1 of")) drill.kill("SIGINT");
    }
    expect(JSON.parse(told.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ drill: "crash", ok: false });
    const folder = /kept: (\S+)/.exec(told)?.[1] ?? "";
    expect(folder).not.toBe("");
    expect(findProcesses(folder)).toEqual([]);
    expect(await drill.exited).toBe(130);
    await Bun.$`rm -r ${folder}`.quiet();
  },
  TIMEOUT_MS,
);
