// Where a list of keys goes on: after a moment and an id.
import { governanceErrors } from "../errors.ts";

export function writeCursor({ created_at, id }: { created_at: Date; id: string }): string {
  return Buffer.from(`${created_at.getTime()}.${id}`).toString("base64url");
}

/** Throws `governance.bad_cursor`. */
export function readCursor(cursor: string): { createdAt: Date; id: string } {
  const match = /^(\d{1,15})\.([0-9A-Za-z]{1,20})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!match) throw governanceErrors.bad_cursor({});
  return { createdAt: new Date(Number(match[1])), id: match[2] ?? "" };
}
