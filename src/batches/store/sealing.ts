// Content of files and lines as it lies in PostgreSQL where the vault is enabled: sealed with its owner's key, bound to its place.
import type { ContentSealer, DataOwner } from "../../kernel/index.ts";
import { batchesErrors } from "../errors.ts";

/** Content is JSON, and none begins so. */
const MARK = "sealed:";

interface PiecePlace {
  fileId: string;
  place: number;
}

const nameOf = ({ fileId, place }: PiecePlace): string => `batch file ${fileId} ${place}`;

export interface StoredPiece {
  bytes: Uint8Array;
  isSealed: boolean;
}

/** As it is, where it is nobody's, or the vault was switched off since. */
export function sealPiece(
  sealer: ContentSealer,
  plain: Uint8Array,
  { owner, ...at }: PiecePlace & { owner: DataOwner | null },
): StoredPiece {
  if (owner === null || !sealer.enabled) return { bytes: plain, isSealed: false };
  return { bytes: sealer.seal(plain, { owner, place: nameOf(at) }), isSealed: true };
}

/** Throws `batches.erased`. */
export async function openPiece(sealer: ContentSealer, piece: StoredPiece, at: PiecePlace): Promise<Uint8Array> {
  if (!piece.isSealed) return piece.bytes;
  const plain = await sealer.open(piece.bytes, nameOf(at));
  if (plain === undefined) throw batchesErrors.erased({ what: "file", id: at.fileId });
  return plain;
}

/** What a line holds: the request, and the answer to it. */
export interface LinePlace {
  batchId: string;
  line: number;
  part: "body" | "result";
}

const placeOf = ({ batchId, line, part }: LinePlace): string => `batch line ${batchId} ${line} ${part}`;

/** As above. */
export function sealText(sealer: ContentSealer, text: string, at: LinePlace & { owner: DataOwner | null }): string {
  if (at.owner === null || !sealer.enabled) return text;
  return MARK + Buffer.from(sealer.seal(Buffer.from(text), { owner: at.owner, place: placeOf(at) })).toString("base64");
}

/** Null where it was erased. */
export async function openText(sealer: ContentSealer, text: string, at: LinePlace): Promise<string | null> {
  if (!text.startsWith(MARK)) return text;
  const plain = await sealer.open(Buffer.from(text.slice(MARK.length), "base64"), placeOf(at));
  return plain === undefined ? null : Buffer.from(plain).toString("utf8");
}
