// Whole lists that the API gives page by page, up to a bound: what a tree or a filter needs in one piece.

export interface ReadAll<Row> {
  rows: Row[];
  /** There are more than were read. */
  isCut: boolean;
}

/** What a page holds at most, of the API's lists. */
export const pageSize = 200;
export const rowsMax = 5000;

export async function readAll<Row>(
  readPage: (cursor: string | undefined) => Promise<{ rows: readonly Row[]; next_cursor: string | null }>,
  max: number = rowsMax,
): Promise<ReadAll<Row>> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    rows.push(...page.rows);
    if (page.next_cursor === null) return { rows, isCut: false };
    cursor = page.next_cursor;
  } while (rows.length < max);
  return { rows, isCut: true };
}
