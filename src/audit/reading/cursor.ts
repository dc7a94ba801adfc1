// Where a list of entries goes on: behind the last of the page before.
import { auditErrors } from "../errors.ts";

interface Place {
  atMs: number;
  id: string;
}

export const writeCursor = ({ atMs, id }: Place): string => Buffer.from(`${atMs} ${id}`).toString("base64url");

/** Throws `audit.bad_cursor`. */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const found = /^(\d{1,15}(?:\.\d{1,6})?) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!found) throw auditErrors.bad_cursor({});
  return { atMs: Number(found[1]), id: found[2] ?? "" };
}
