// What the journal's tests share: a journal in a folder, frames with a number in them, and reading all of them back.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type LedgerConfig, ledgerConfigSchema } from "../config.ts";
import { newFolder, worldWithLog } from "../ledger.fixture.ts";
import { createFrameWriter } from "./frame-writer.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { Position } from "./segment-list.ts";
import type { WriteBytes } from "./segment-writer.ts";

export const BEGINNING: Position = { segment: 0, offset: 0, record: 0 };

export interface JournalOptions {
  folder?: string;
  config?: Partial<LedgerConfig["journal"]>;
  write?: WriteBytes;
}

export function openJournal({ folder = newFolder(), config = {}, write }: JournalOptions = {}) {
  const { world, lines } = worldWithLog();
  const journal = createJournal({ ...ledgerConfigSchema.parse({}).journal, ...config }, { folder, world, write });
  journal.start();
  return { journal, folder, lines };
}

/** A frame whose record is the number, with a body of that many bytes. */
export function frameOf(number: number, bodyBytes = 10): Buffer {
  const writer = createFrameWriter();
  writer.begin();
  writer.putRequest("b".repeat(bodyBytes), bodyBytes);
  return writer.seal(JSON.stringify({ number }), { startedAtMs: number, closedAtMs: number });
}

export function appendNumbers(journal: Journal, from: number, to: number): Position[] {
  return Array.from({ length: to - from }, (_, index) => journal.append(frameOf(from + index)));
}

/** The numbers in all records from a place on, in runs of the size given. */
export function readNumbers(journal: Journal, { from = BEGINNING, bufferBytes = 1000, recordsMax = 7 } = {}): number[] {
  const buffer = Buffer.alloc(bufferBytes);
  const numbers: number[] = [];
  for (let position = from; ;) {
    const { frames, next, from: at } = journal.read(position, { buffer, recordsMax });
    for (const { json } of frames)
      numbers.push((JSON.parse(Buffer.from(json).toString()) as { number: number }).number);
    if (frames.length === 0 && next.offset === at.offset) return numbers;
    position = next;
  }
}

export function filesIn(folder: string, ending = ".log"): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(folder, name));
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
