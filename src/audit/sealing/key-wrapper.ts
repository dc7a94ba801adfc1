// Keys of subjects as they lie in PostgreSQL: wrapped by the vault where it is enabled, else as they are.

/** The vault's part. */
export interface KeyWrapper {
  /** Whether keys are wrapped from now on. */
  enabled: boolean;
  wrap(key: Uint8Array, bound: string): Uint8Array;
  unwrap(wrapped: Uint8Array, bound: string): Promise<Uint8Array>;
  /** How what is wrapped now begins. */
  mark(): Uint8Array;
}

export const KEY_BYTES = 32;

export interface StoredKeys {
  /** What is stored of a key. */
  put(key: Uint8Array, id: string): Uint8Array;
  /** The key again. Throws what the vault throws of one that it cannot unwrap. */
  take(stored: Uint8Array, id: string): Promise<Uint8Array>;
  /** How what need not be stored anew begins; undefined where nothing is wrapped. */
  mark(): Uint8Array | undefined;
}

export function createStoredKeys(wrapper: KeyWrapper | undefined): StoredKeys {
  const placeOf = (id: string): string => `audit key ${id}`;
  return {
    put: (key, id) => (wrapper?.enabled ? wrapper.wrap(key, placeOf(id)) : key),
    async take(stored, id) {
      // What is wrapped is longer.
      if (stored.length === KEY_BYTES) return stored;
      if (!wrapper) throw new Error("a key of the audit trail is wrapped, and there is no vault");
      return wrapper.unwrap(stored, placeOf(id));
    },
    mark: () => (wrapper?.enabled ? wrapper.mark() : undefined),
  };
}
