// Bodies that are sealed before they are written, by whoever keeps the keys. The ledger knows no key; it says whose a body is and where it
// belongs, and shows nothing of what does not open.
import type { ContentSealer, DataOwner } from "../kernel/index.ts";
import type { Who } from "./contract.ts";
import type { BodyContent, FrameWriter, PutBytes } from "./journal/frame-writer.ts";
import type { CallBodies } from "./store/reading.ts";

export interface BodySealer extends ContentSealer {
  /** What of sealed bodies may lie open beside them, for lists and searches. */
  clearText: "none" | "previews" | "previews_and_words";
  /** Sealed again with the same key, and smaller where that can be; undefined where the key was destroyed. */
  pack(
    plain: Uint8Array,
    at: { like: Uint8Array; place: string },
  ): Uint8Array | undefined | Promise<Uint8Array | undefined>;
}

export type Side = "request" | "response";

/** Records of it do not say whose they are. */
export const DEFAULT_ORGANISATION = "default";

export const placeOf = (id: string, side: Side): string => `${id}/${side}`;

export function ownerOf(who: Who): DataOwner {
  return {
    organisation: who.organisation ?? DEFAULT_ORGANISATION,
    project: who.project,
    user: who.user,
    keyId: who.key_id,
  };
}

interface PutWish {
  content: BodyContent;
  max: number;
  sealer: BodySealer | undefined;
  record: { id: string; who: Who };
}

/** Puts a body, up to `max` bytes of it, sealed where that is wanted. */
export function putBody(frame: Pick<FrameWriter, "putRequest" | "putResponse">, side: Side, wish: PutWish): PutBytes {
  const { content, max, sealer, record } = wish;
  const put = side === "request" ? frame.putRequest : frame.putResponse;
  if (!sealer?.enabled) return put(content, max);
  const plain = bytesOf(content);
  const kept = plain.length > max ? plain.subarray(0, max) : plain;
  const at = { owner: ownerOf(record.who), place: placeOf(record.id, side) };
  if (kept.length > 0) put(sealer.seal(kept, at), Number.POSITIVE_INFINITY);
  return { size: plain.length, stored: kept.length };
}

/** As they were before they were sealed; null for those that do not open any more. */
export async function openBodies(
  sealer: BodySealer | undefined,
  id: string,
  bodies: CallBodies | undefined,
): Promise<CallBodies | undefined> {
  if (!sealer || !bodies) return bodies;
  const open = async (side: Side): Promise<Uint8Array | null> => {
    const bytes = bodies[side];
    return bytes && ((await sealer.open(bytes, placeOf(id, side))) ?? null);
  };
  return { request: await open("request"), response: await open("response") };
}

function bytesOf(content: BodyContent): Uint8Array {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? content : Buffer.concat(content);
}
