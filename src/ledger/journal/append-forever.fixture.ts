// Appends records to the journal in the folder that is named, and prints each one's number once it is in: until killed.
import { writeSync } from "node:fs";
import { frameOf, openJournal } from "./journal.fixture.ts";

const [folder = ""] = process.argv.slice(2);
const { journal } = openJournal({ folder, config: { segment_bytes: 20_000, fsync_interval: 1 } });
for (let number = journal.end().record; ; number += 1) {
  journal.append(frameOf(number, number % 2000));
  writeSync(1, `${number}\n`);
}
