// A rotation: a new wrapping key, and all data keys wrapped with it, some at a time. What is sealed stays as it is.
import { vaultErrors } from "../errors.ts";
import type { WrappingStore } from "../store/wrapping-store.ts";
import type { Wrapping } from "./wrapping.ts";

interface Rotating {
  wrapping: Wrapping;
  store: WrappingStore;
  /** Data keys in one transaction. */
  atOnce: number;
  /** Has other rooms wrap theirs anew. */
  rewrapOthers(): Promise<void>;
}

export async function rotateWrapping({ wrapping, store, atOnce, rewrapOthers }: Rotating): Promise<void> {
  const version = await wrapping.begin();
  const anew = ({ id, ...key }: { id: string; wrapped: Buffer; version: number }): Buffer => {
    const secret = wrapping.unwrap(key, id);
    if (!secret) throw vaultErrors.unreadable({ place: `data key ${id}` });
    return wrapping.wrap(secret, id).wrapped;
  };
  while ((await store.rewrapSome(version, atOnce, anew)) > 0);
  await rewrapOthers();
  // The version before stays for processes that have not heard of this one; the next rotation takes it.
  await store.retireBefore(version - 1);
}
