// A kept response bears the id of the call that it was made for, and would be looked for under it: it gets its own.
import { type DialectName, responseIdOf } from "../../providers/index.ts";
import type { KeptBody } from "./kept-answer.ts";

interface Renaming {
  dialect: DialectName;
  /** Call ids. */
  from: string;
  to: string;
}

/** The same but for the id; ids that a vendor gave stay. */
export function withOwnId<Body extends KeptBody>(body: Body, renaming: Renaming): Body;
export function withOwnId(body: KeptBody, { dialect, from, to }: Renaming): KeptBody {
  if (dialect !== "openai-responses") return body;
  const [old, own] = [responseIdOf(from), responseIdOf(to)];
  if (typeof body === "string") return body.replaceAll(old, own);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return bytes.includes(old) ? Buffer.from(bytes.toString("utf8").replaceAll(old, own)) : body;
}
