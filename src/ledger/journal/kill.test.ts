import { expect, test } from "bun:test";
import { join } from "node:path";
import { newFolder } from "../ledger.fixture.ts";
import { filesIn, openJournal, range, readNumbers } from "./journal.fixture.ts";

/** As in append-forever.fixture.ts. */
const BEHIND = 60;

test("a process that is killed while it appends loses no record that it said was in", async () => {
  const folder = newFolder();
  let acknowledged = 0;
  for (const patience of [1, 50, 300, 1000]) {
    acknowledged += await appendUntilKilled(folder, patience);
    const { journal, lines } = openJournal({ folder });
    const numbers = readNumbers(journal);
    const first = journal.begin().record;
    const end = journal.end().record;
    expect(numbers).toEqual(range(first, end));
    // At most one write more is in than was said: the process died between the two.
    expect(end - acknowledged).toBeOneOf([0, 1, 2, 3]);
    // What was let go is less than what was said to be behind.
    expect(first).toBeLessThan(Math.max(1, end - BEHIND));
    expect(filesIn(folder, ".gone")).toEqual([]);
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    acknowledged = end;
    journal.close();
  }
}, 120_000);

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
