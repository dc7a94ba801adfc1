// What a process wrote into its book is there for the next one, and trusted only where it surely is complete.
import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLeaseBook } from "./lease-book.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-book-"));
  folders.push(folder);
  return folder;
}

const account = (id: string) => ({ id, startsAtMs: 7, onCrash: "charged" as const });

test("the next process finds what was left open, and whose it was", () => {
  const folder = newFolder();
  const book = openLeaseBook(folder);
  const [open, closed] = [book.open(account("open")), book.open(account("closed"))];
  if (!open || !closed) throw new Error("a new book has free pages");
  Object.assign(open, { held: 1, spent: 2, returned: 3 });
  closed.spent = 9;
  book.close(closed);
  const next = openLeaseBook(folder);
  expect(next).toMatchObject({ leftBy: book.holder, isTrusted: true });
  expect(next.holder).not.toBe(book.holder);
  expect(next.left).toEqual([{ accountId: "open", startsAtMs: 7, onCrash: "charged", held: 1, spent: 2, returned: 3 }]);
  // A page that is used again begins at nothing.
  expect({ ...next.open(account("another")) }).toEqual({ held: 0, spent: 0, returned: 0 });
});

test.each([
  ["the machine was started anew", { boot: "another" }],
  ["nothing was mapped", { isMapped: false }],
])("what was left is not trusted when %s", (_, change) => {
  const folder = newFolder();
  openLeaseBook(folder).open(account("a"));
  const path = join(folder, "leases.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...change }));
  expect(openLeaseBook(folder).isTrusted).toBe(false);
});
