import { describe, expect, test } from "bun:test";
import { rmSync, statSync } from "node:fs";
import { createWorld, isAppError } from "../../kernel/index.ts";
import { ledgerConfigSchema } from "../config.ts";
import { newFolder } from "../ledger.fixture.ts";
import { createJournal } from "./journal.ts";
import { appendNumbers, BEGINNING, filesIn, frameOf, openJournal, range, readNumbers } from "./journal.fixture.ts";
import { writeBytes } from "./segment-writer.ts";

const SMALL = { segment_bytes: 500, max_bytes: 100_000 };

describe("reading", () => {
  test("gives every record once and in order, whatever the size of the runs", () => {
    const { journal } = openJournal({ config: SMALL });
    const places = appendNumbers(journal, 0, 100);
    for (const bufferBytes of [64, 100, 333, 5000])
      for (const recordsMax of [1, 7, 1000])
        expect(readNumbers(journal, { bufferBytes, recordsMax })).toEqual(range(0, 100));
    for (const [number, from] of places.entries()) expect(readNumbers(journal, { from })[0]).toBe(number);
    journal.close();
  });

  test("gives a record that is longer than the buffer", () => {
    const { journal } = openJournal();
    journal.append(frameOf(1, 5000));
    journal.append(frameOf(2));
    expect(readNumbers(journal, { bufferBytes: 200 })).toEqual([1, 2]);
    journal.close();
  });

  test("sees a record as soon as it was appended", () => {
    const { journal } = openJournal();
    for (const number of range(0, 20)) {
      journal.append(frameOf(number));
      expect(readNumbers(journal).at(-1)).toBe(number);
    }
    journal.close();
  });

  test("counts the records and the bytes from a place on", () => {
    const { journal } = openJournal({ config: SMALL });
    const places = appendNumbers(journal, 0, 50);
    const length = frameOf(10).length;
    expect(places.map(({ record }) => record)).toEqual(range(0, 50));
    expect(journal.end().record).toBe(50);
    expect(journal.bytesFrom(places[40] ?? BEGINNING)).toBe(10 * length);
    journal.close();
  });

  test("finds one record by its place until its segment has gone", () => {
    const { journal } = openJournal({ config: SMALL });
    const [first = BEGINNING, ...others] = appendNumbers(journal, 0, 50);
    expect(Buffer.from(journal.readAt(first)?.json ?? []).toString()).toBe('{"number":0}');
    journal.forget(others.at(-1) ?? BEGINNING);
    expect(journal.readAt(first)).toBeUndefined();
    journal.close();
  });
});

describe("segments", () => {
  test("a full one makes room for the next, and none is longer than it may be", () => {
    const { journal, folder } = openJournal({ config: SMALL });
    appendNumbers(journal, 0, 100);
    journal.close();
    const sizes = filesIn(folder).map((path) => statSync(path).size);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(SMALL.segment_bytes);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(
      range(0, 100).reduce((sum, number) => sum + frameOf(number).length, 0),
    );
  });

  test("are deleted when they are wholly behind a place, and not before", () => {
    const { journal, folder } = openJournal({ config: SMALL });
    const places = appendNumbers(journal, 0, 100);
    for (const [number, place] of places.entries()) {
      journal.forget(place);
      expect(readNumbers(journal, { from: place })).toEqual(range(number, 100));
    }
    journal.forget(journal.end());
    expect(filesIn(folder).length).toBe(1);
    expect(readNumbers(journal)).toEqual(readNumbers(journal, { from: { ...journal.end(), offset: 0 } }));
    journal.close();
  });

  test("that are let go are no part of the journal from then on, and leave the disk a little later", async () => {
    const { journal, folder } = openJournal({ config: SMALL });
    appendNumbers(journal, 0, 100);
    expect(filesIn(folder).length).toBeGreaterThan(5);
    journal.forget(journal.end());
    expect(filesIn(folder).length).toBe(1);
    while (filesIn(folder, ".gone").length > 0) await Bun.sleep(1);
    expect(readNumbers(journal).at(-1)).toBe(99);
    journal.close();
  });

  test("a segment takes no more than a quarter of the journal's bound", () => {
    const { journal, folder } = openJournal({ config: { max_bytes: 4000 } });
    appendNumbers(journal, 0, 40);
    journal.close();
    expect(Math.max(...filesIn(folder).map((path) => statSync(path).size))).toBeLessThanOrEqual(1000);
  });
});

describe("the bound", () => {
  test("is kept by turning calls away, and calls are let in again when there is room", () => {
    const { journal, folder } = openJournal({ config: { max_bytes: 4000 } });
    const length = frameOf(10).length;
    let number = 10;
    const fill = (): void => {
      for (;;) {
        journal.reserve(length);
        journal.unreserve(length);
        journal.append(frameOf((number += 1)));
      }
    };
    expect(fill).toThrow("holds");
    expect(journal.bytesFrom(BEGINNING)).toBeLessThanOrEqual(4000);
    journal.forget(journal.end());
    const before = number;
    expect(fill).toThrow("holds");
    expect(number).toBeGreaterThan(before + 10);
    expect(filesIn(folder).length).toBeLessThanOrEqual(5);
    journal.close();
  });

  test("counts what calls in flight may still need", () => {
    const { journal } = openJournal({ config: { max_bytes: 1000 } });
    journal.reserve(600);
    const refusal = catchError(() => journal.reserve(401));
    expect(refusal).toMatchObject({ code: "ledger.journal_full", status: 503, retry: "later", retryAfterMs: 1000 });
    expect(journal.freeBytes()).toBe(400);
    journal.unreserve(600);
    journal.reserve(1000);
    journal.close();
  });
});

describe("a disk that fails", () => {
  for (const [name, fail] of Object.entries({
    "takes nothing": () => {
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    },
    "takes a part": (bytes: Buffer) => bytes.length - 5,
  })) {
    test(`and ${name} costs the one record, and nothing of the others`, () => {
      let isFailing = false;
      const folder = newFolder();
      const { journal, lines } = openJournal({
        folder,
        write: (bytes, place) => (isFailing ? fail(bytes) : writeBytes(bytes, place)),
      });
      appendNumbers(journal, 0, 10);
      const end = journal.end();
      isFailing = true;
      for (const number of range(10, 13))
        expect(catchError(() => journal.append(frameOf(number)))).toMatchObject({
          code: "ledger.journal_failed",
          retry: "later",
        });
      expect(catchError(() => journal.reserve(1))).toMatchObject({ code: "ledger.journal_failed" });
      expect(journal.end()).toEqual(end);
      isFailing = false;
      journal.reserve(1);
      appendNumbers(journal, 20, 30);
      expect(readNumbers(journal)).toEqual([...range(0, 10), ...range(20, 30)]);
      expect(lines.filter(({ msg }) => msg === "the journal cannot be written").length).toBe(1);
      journal.close();
      const { journal: again } = openJournal({ folder });
      expect(readNumbers(again)).toEqual([...range(0, 10), ...range(20, 30)]);
      again.close();
    });
  }

  test("at the step to a new segment leaves the old one in use", () => {
    const { journal, folder } = openJournal({ config: SMALL });
    appendNumbers(journal, 0, 5);
    rmSync(folder, { recursive: true });
    const failure = catchError(() => appendNumbers(journal, 5, 20));
    expect(failure).toMatchObject({ code: "ledger.journal_failed" });
    journal.close();
  });

  test("and a folder that cannot be made is said at the start", () => {
    const config = ledgerConfigSchema.parse({}).journal;
    const journal = createJournal(config, { folder: "/dev/null/journal", world: createWorld() });
    expect(catchError(() => journal.start())).toMatchObject({ code: "ledger.journal_unusable" });
  });
});

test("every record is on the disk at once when the interval is zero", () => {
  const { journal } = openJournal({ config: { fsync_interval: 0 } });
  appendNumbers(journal, 0, 3);
  expect(readNumbers(journal)).toEqual([0, 1, 2]);
  journal.close();
});

test("a journal that is not open takes no record", () => {
  const { journal } = openJournal();
  journal.close();
  expect(catchError(() => journal.append(frameOf(1)))).toMatchObject({ code: "ledger.journal_failed" });
});

function catchError(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  return undefined;
}
