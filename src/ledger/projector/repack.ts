// A sealed body on its way from the journal to PostgreSQL: opened, compressed, and sealed again with the same key.
import type { Frame } from "../journal/frame.ts";
import { type BodySealer, placeOf, type Side } from "../sealing.ts";

export interface Repacked {
  /** As PostgreSQL gets it; null where there is none, or its key was destroyed meanwhile. */
  packed: Uint8Array | null;
  /** Empty where there is none. */
  plain: Uint8Array;
}

const NOTHING = new Uint8Array();

export async function repack(
  frame: Pick<Frame, Side>,
  { sealer, line, side }: { sealer: BodySealer; line: Uint8Array | undefined; side: Side },
): Promise<Repacked> {
  const bytes = frame[side];
  if (bytes.length === 0) return { packed: null, plain: NOTHING };
  const place = placeOf(idInLine(line), side);
  const plain = await sealer.open(bytes, place);
  if (!plain) return { packed: null, plain: NOTHING };
  return { packed: (await sealer.pack(plain, { like: bytes, place })) ?? null, plain };
}

/** `(3,true,<id>,…`. */
function idInLine(line: Uint8Array | undefined): string {
  return /^\(\d+,(?:true|false),([^,]*),/.exec(Buffer.from(line?.subarray(0, 64) ?? []).toString("latin1"))?.[1] ?? "";
}
