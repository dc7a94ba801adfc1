// Sealing as rooms see it: how sealed bytes are told from others, wherever they lie, and what seals and opens them. What is behind the
// mark is the vault's business.

/** No JSON, no text and no zstd begins so. */
export const SEAL_MARK: Uint8Array = Uint8Array.of(0xbb, 0x5e, 0xa1);

export function isSealed(bytes: Uint8Array): boolean {
  return bytes[0] === SEAL_MARK[0] && bytes[1] === SEAL_MARK[1] && bytes[2] === SEAL_MARK[2];
}

/** Whose data it is, and so whose key seals it. */
export interface DataOwner {
  organisation: string;
  project: string | null;
  user: string | null;
  keyId: string;
}

/** What a room that keeps people's words is given by whoever keeps the keys. */
export interface ContentSealer {
  /** Whether what is kept is sealed from now on. */
  enabled: boolean;
  /** Sealed for this owner, bound to that place. Needs no database. */
  seal(plain: Uint8Array, at: { owner: DataOwner; place: string }): Uint8Array;
  /** What is not sealed as it is; undefined where its key was destroyed. Throws where what is sealed does not open. */
  open(bytes: Uint8Array, place: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
}
