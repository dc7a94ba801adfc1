import { expect, test } from "bun:test";
import { readAll } from "./read-all.ts";

const pages: Record<string, { rows: number[]; next_cursor: string | null }> = {
  first: { rows: [1, 2], next_cursor: "second" },
  second: { rows: [3], next_cursor: null },
};
const readPage = async (cursor: string | undefined) => pages[cursor ?? "first"] ?? { rows: [], next_cursor: null };

test("reads page after page to the end", async () => {
  expect(await readAll(readPage)).toEqual({ rows: [1, 2, 3], isCut: false });
});

test("stops at its bound, and says that there is more", async () => {
  expect(await readAll(readPage, 2)).toEqual({ rows: [1, 2], isCut: true });
});
