// A key that came to the reader by another way than from the server, kept in this browser: with it, proofs need not take the
// server's word for whose signature counts.
import { useSyncExternalStore } from "react";

const storeKey = "binnacle.audit_key";
const changed = "binnacle-audit-key";

export function useOwnKey(): string | null {
  return useSyncExternalStore(subscribe, read);
}

/** Null takes it away. */
export function setOwnKey(key: string | null): void {
  try {
    if (key === null) localStorage.removeItem(storeKey);
    else localStorage.setItem(storeKey, key);
  } catch {
    // A browser that stores nothing trusts the keys that the server names.
  }
  dispatchEvent(new Event(changed));
}

function read(): string | null {
  try {
    return localStorage.getItem(storeKey);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => removeEventListener(changed, listener);
}
