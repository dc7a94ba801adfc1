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
  // Every seventh time, three of them with one write.
  const count = number % 7 === 0 ? 3 : 1;
  const frames = Array.from({ length: count }, (_, index) => frameOf(number + index, number % 2000));
  waiting.push(journal.append(Buffer.concat(frames), count));
  number += count - 1;
  writeSync(1, `${number}\n`.repeat(count));
  const done = waiting.length > BEHIND ? waiting.shift() : undefined;
  if (done) journal.forget(done);
  // The background has its turn: files are forced down and removed there.
  if (number % 10 === 0) await Bun.sleep(0);
}
