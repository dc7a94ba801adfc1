import { expect, test } from "bun:test";
import { join } from "node:path";
import { newFolder } from "../ledger.fixture.ts";
import { openJournal, range, readNumbers } from "./journal.fixture.ts";

test("a process that is killed while it appends loses no record that it said was in", async () => {
  const folder = newFolder();
  let acknowledged = 0;
  for (const patience of [1, 50, 300]) {
    acknowledged += await appendUntilKilled(folder, patience);
    const { journal, lines } = openJournal({ folder });
    const numbers = readNumbers(journal);
    // At most one more is in than was said: the process died between the two.
    expect(numbers).toEqual(range(0, numbers.length));
    expect(numbers.length - acknowledged).toBeOneOf([0, 1]);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    acknowledged = numbers.length;
    journal.close();
  }
}, 30_000);

/** Kills the process without warning once it has acknowledged that many. Returns how many it did in the end. */
async function appendUntilKilled(folder: string, patience: number): Promise<number> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "append-forever.fixture.ts"), folder], {
    stdout: "pipe",
    stderr: "inherit",
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += new TextDecoder().decode(chunk);
    if (printed.split("\n").length > patience) child.kill("SIGKILL");
  }
  await child.exited;
  // What follows the last line break was not said whole.
  return printed.split("\n").length - 1;
}
