// The scripts hold and complete, in the shells that this machine has.
import { describe, expect, test } from "bun:test";
import { runInTest } from "../testing/run-in-test.ts";

const shells = ["bash", "zsh", "fish"] as const;

async function scriptFor(shell: string): Promise<string> {
  return (await runInTest(["completion", shell])).stdout;
}

/** What a shell prints when it runs `script`; a failure shows its stderr. */
function runShell(shell: string, script: string, args: string[] = []): string {
  const { stdout, stderr } = Bun.spawnSync([shell, ...args, "-c", script]);
  return stdout.toString() + stderr.toString();
}

describe("completion scripts", () => {
  for (const shell of shells) {
    test(`for ${shell} name every command and the values of options`, async () => {
      const script = await scriptFor(shell);
      for (const word of ["doctor", "tail", "revoke", "completion", "outcome", "truncated", "scope", "admin", "quiet"])
        expect(script).toContain(word);
    });

    test.skipIf(!Bun.which(shell))(`for ${shell} are written in its language`, async () => {
      const { exitCode, stderr } = Bun.spawnSync([shell, "-n"], { stdin: Buffer.from(await scriptFor(shell)) });
      expect({ exitCode, stderr: stderr.toString() }).toEqual({ exitCode: 0, stderr: "" });
    });
  }

  test("are one document with --json", async () => {
    const { stdout } = await runInTest(["completion", "bash", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ shell: "bash", script: await scriptFor("bash") });
  });

  test.skipIf(!Bun.which("bash")).each([
    ["cal", "calls"],
    ["ca", "calls cache"],
    ["calls ''", "tail list show score"],
    ["--json keys r", "rotate revoke"],
    ["calls list --outcome ''", "ok refused failed truncated cancelled"],
    ["calls list --outcome = re", "refused"],
    ["calls list --since ''", ""],
    ["keys create --sc", "--scope"],
    ["completion ''", "bash zsh fish"],
    ["start --ho", "--host --home"],
  ])("complete `binnacle %s` in bash to: %s", async (typed, wanted) => {
    const script = `${await scriptFor("bash")}
      COMP_WORDS=(binnacle ${typed}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _binnacle; echo "\${COMPREPLY[*]}"`;
    expect(runShell("bash", script, ["--norc"]).trim()).toBe(wanted);
  });

  test.skipIf(!Bun.which("fish"))("complete in fish too", async () => {
    const script = `${await scriptFor("fish")}\ncomplete -C 'binnacle keys re'`;
    expect(runShell("fish", script, ["--no-config"])).toStartWith("revoke\t");
  });
});
