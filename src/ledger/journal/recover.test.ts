import { describe, expect, test } from "bun:test";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { newFolder } from "../ledger.fixture.ts";
import { appendNumbers, filesIn, frameOf, openJournal, range, readNumbers } from "./journal.fixture.ts";

describe("a torn end", () => {
  test("is cut off at whatever byte it was torn, and nothing before it is lost", () => {
    const { journal, folder } = openJournal();
    appendNumbers(journal, 0, 3);
    journal.close();
    const [whole = ""] = filesIn(folder);
    const length = frameOf(2).length;
    const end = statSync(whole).size;
    for (let torn = 0; torn < length; torn += 1) {
      for (const zeros of [0, 100]) {
        const copy = copyOf(folder);
        const [path = ""] = filesIn(copy);
        truncateSync(path, end - length + torn);
        appendFileSync(path, Buffer.alloc(zeros));
        const { journal: again, lines } = openJournal({ folder: copy });
        expect(readNumbers(again)).toEqual([0, 1]);
        expect(again.end().record).toBe(2);
        appendNumbers(again, 5, 6);
        expect(readNumbers(again)).toEqual([0, 1, 5]);
        again.close();
        const told = lines.filter(({ msg }) => msg === "the torn end of the journal was cut off");
        expect(told.length).toBe(writtenIn(whole, { from: end - length, length: torn }) > 0 ? 1 : 0);
        if (told.length > 0)
          expect(told[0]).toMatchObject({ bytes: writtenIn(whole, { from: end - length, length: torn }) });
        rmSync(copy, { recursive: true });
      }
    }
  });

  test("of a process killed in the act leaves the zeros ahead of it, which are no loss to report", () => {
    const { journal, folder } = openJournal();
    appendNumbers(journal, 0, 3);
    // Not closed: the file still has the room it had grown by.
    const [path = ""] = filesIn(folder);
    expect(statSync(path).size).toBe(64 * 1024);
    const copy = copyOf(folder);
    const { journal: again, lines } = openJournal({ folder: copy });
    expect(readNumbers(again)).toEqual([0, 1, 2]);
    expect(lines).toEqual([]);
    again.close();
    journal.close();
  });
});

describe("damage in the middle", () => {
  test("costs the records it hit, is said loudly, and the file is kept", () => {
    const { journal, folder } = openJournal();
    const places = appendNumbers(journal, 0, 10);
    journal.close();
    const [path = ""] = filesIn(folder);
    turnOver(path, (places[4]?.offset ?? 0) + 45);
    const { journal: again, lines } = openJournal({ folder });
    expect(readNumbers(again)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect(lines[0]).toMatchObject({ level: 50, segment: path, bytes: frameOf(4).length });
    again.forget(again.end());
    expect(filesIn(folder, ".damaged")).toEqual([`${path}.damaged`]);
    again.close();
  });

  test("of a length field hides no record behind it", () => {
    const { journal, folder } = openJournal();
    const places = appendNumbers(journal, 0, 10);
    journal.close();
    const [path = ""] = filesIn(folder);
    turnOver(path, (places[4]?.offset ?? 0) + 1);
    const { journal: again } = openJournal({ folder });
    expect(readNumbers(again)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    again.close();
  });

  test("up to the end of a segment leads on to the next", () => {
    const { journal, folder } = openJournal({ config: { segment_bytes: 500 } });
    appendNumbers(journal, 0, 30);
    journal.close();
    const [path = ""] = filesIn(folder);
    const size = statSync(path).size;
    truncateSync(path, size - 3);
    appendFileSync(path, Buffer.alloc(3, 0xff));
    const { journal: again } = openJournal({ folder });
    const numbers = readNumbers(again);
    const lost = size / frameOf(0).length - 1;
    expect(numbers).toEqual(range(0, 30).filter((number) => number !== lost));
    again.close();
  });

  test("that is all there is does not stop the start", () => {
    const folder = newFolder();
    const { journal } = openJournal({ folder });
    appendNumbers(journal, 0, 5);
    journal.close();
    const [path = ""] = filesIn(folder);
    writeFileSync(path, Buffer.alloc(300, 0xab));
    const { journal: again, lines } = openJournal({ folder });
    expect(lines[0]).toMatchObject({ bytes: 300 });
    appendNumbers(again, 10, 12);
    expect(readNumbers(again)).toEqual([10, 11]);
    again.close();
  });
});

describe("starts", () => {
  test("go on counting and keep the journal's name", () => {
    const folder = newFolder();
    const names = range(0, 5).map((start) => {
      const { journal } = openJournal({ folder });
      appendNumbers(journal, start * 10, start * 10 + 10);
      expect(journal.end().record).toBe(start * 10 + 10);
      journal.close();
      return journal.id();
    });
    expect(new Set(names).size).toBe(1);
    const { journal } = openJournal({ folder });
    expect(readNumbers(journal)).toEqual(range(0, 50));
    journal.close();
  });

  test("that record nothing leave no files behind", () => {
    const folder = newFolder();
    for (const _ of range(0, 5)) openJournal({ folder }).journal.close();
    expect(filesIn(folder).length).toBe(1);
  });

  test("on a folder whose segments were taken away begin another journal", () => {
    const { journal, folder } = openJournal();
    journal.close();
    for (const path of filesIn(folder)) rmSync(path);
    const { journal: other } = openJournal({ folder });
    expect(other.id()).not.toBe(journal.id());
    other.close();
  });

  test("finish what a killed process was removing, and read none of it", () => {
    const { journal, folder } = openJournal();
    appendNumbers(journal, 0, 5);
    journal.close();
    const [path = ""] = filesIn(folder);
    copyFileSync(path, join(folder, "000000000000001-000000000000000.log.gone"));
    const { journal: again, lines } = openJournal({ folder });
    expect(filesIn(folder, ".gone")).toEqual([]);
    expect(readNumbers(again)).toEqual(range(0, 5));
    expect(lines).toEqual([]);
    again.close();
  });

  test("leave files alone that are not the journal's", () => {
    const folder = newFolder();
    mkdirSync(join(folder, "a-folder.log"));
    writeFileSync(join(folder, "notes.log"), "hello");
    writeFileSync(join(folder, "notes.gone"), "hello");
    const { journal } = openJournal({ folder });
    appendNumbers(journal, 0, 3);
    expect(readNumbers(journal)).toEqual([0, 1, 2]);
    journal.close();
    for (const name of ["notes.log", "notes.gone"]) expect(readFileSync(join(folder, name), "utf8")).toBe("hello");
  });
});

function copyOf(folder: string): string {
  const copy = newFolder();
  for (const path of [...filesIn(folder), ...filesIn(folder, "journal-id")])
    copyFileSync(path, join(copy, path.slice(folder.length + 1)));
  return copy;
}

function turnOver(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x55, at);
  writeFileSync(path, bytes);
}

/** The length of a part of the file, up to its last byte that is not zero. */
function writtenIn(path: string, { from, length }: { from: number; length: number }): number {
  return (
    readFileSync(path)
      .subarray(from, from + length)
      .findLastIndex((byte) => byte !== 0) + 1
  );
}
