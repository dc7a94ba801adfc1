// Appends records to the journal in the folder that is named, prints each one's number once it is in, and lets go what is
// a little behind, as the projector would: until killed.
import { writeSync } from "node:fs";
import { frameOf, openJournal } from "./journal.fixture.ts";
import type { Position } from "./segment-list.ts";

const BEHIND = 60;
const [folder = ""] = process.argv.slice(2);
const { journal } = openJournal({ folder, config: { segment_bytes: 20_000, fsync_interval: 1 } });
const waiting: Position[] = [];
for (let number = journal.end().record; ; number += 1) {
  waiting.push(journal.append(frameOf(number, number % 2000)));
  writeSync(1, `${number}\n`);
  const done = waiting.length > BEHIND ? waiting.shift() : undefined;
  if (done) journal.forget(done);
  // The background has its turn: files are forced down and removed there.
  if (number % 10 === 0) await Bun.sleep(0);
}
