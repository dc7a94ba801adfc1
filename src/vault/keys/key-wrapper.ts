// Keys that other rooms keep in PostgreSQL, wrapped by the same wrapping key as data keys: which one stands before each.
import { vaultErrors } from "../errors.ts";
import type { Wrapping } from "./wrapping.ts";

export interface KeyWrapper {
  /** Whether keys are wrapped from now on. */
  enabled: boolean;
  /** `bound` is what belongs to the key, and must be the same again. */
  wrap(secret: Uint8Array, bound: string): Uint8Array;
  /** Throws `vault.unreadable`. */
  unwrap(wrapped: Uint8Array, bound: string): Promise<Uint8Array>;
  /** How what is wrapped now begins: what begins otherwise is to be wrapped anew when keys are rotated. */
  mark(): Uint8Array;
}

const MARK_BYTES = 4;

export function createKeyWrapper(wrapping: Wrapping, enabled: boolean): KeyWrapper {
  const markOf = (version: number): Buffer => {
    const mark = Buffer.alloc(MARK_BYTES);
    mark.writeUInt32BE(version);
    return mark;
  };
  return {
    enabled,
    wrap(secret, bound) {
      const { wrapped, version } = wrapping.wrap(secret, bound);
      return Buffer.concat([markOf(version), wrapped]);
    },
    async unwrap(bytes, bound) {
      const all = Buffer.from(bytes);
      const key = { version: all.readUInt32BE(0), wrapped: all.subarray(MARK_BYTES) };
      const secret = wrapping.unwrap(key, bound);
      if (secret) return secret;
      // Another process may have begun a new wrapping key a moment ago.
      await wrapping.load();
      const found = wrapping.unwrap(key, bound);
      if (!found) throw vaultErrors.unreadable({ place: bound });
      return found;
    },
    mark: () => markOf(wrapping.version()),
  };
}
