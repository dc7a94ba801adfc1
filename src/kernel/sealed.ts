// How sealed bytes are told from others, wherever they lie. What is behind the mark is the vault's business.

/** No JSON, no text and no zstd begins so. */
export const SEAL_MARK: Uint8Array = Uint8Array.of(0xbb, 0x5e, 0xa1);

export function isSealed(bytes: Uint8Array): boolean {
  return bytes[0] === SEAL_MARK[0] && bytes[1] === SEAL_MARK[1] && bytes[2] === SEAL_MARK[2];
}
