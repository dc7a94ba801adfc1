// Wrapping keys: each wraps many data keys, and is wrapped itself by the master. They lie open in memory alone, so that neither the
// master nor a key management service is asked for a call.
import { randomBytes } from "node:crypto";
import { vaultErrors } from "../errors.ts";
import type { Masters } from "../masters/contract.ts";
import type { WrappingStore } from "../store/wrapping-store.ts";
import { unwrapBytes, wrapBytes } from "../wrap-bytes.ts";

export interface Wrapping {
  /** Opens what is stored, and makes the first where there is none. Throws `vault.wrong_master_key`, `vault.kms_unavailable`. */
  load(): Promise<void>;
  /** Begins a new version; from now on it wraps. */
  begin(): Promise<number>;
  version(): number;
  /** `bound` is what belongs to the key and must be the same again. */
  wrap(secret: Uint8Array, bound: string): { wrapped: Buffer; version: number };
  /** Undefined where it was altered, or its version is not known here. */
  unwrap(key: { wrapped: Buffer; version: number }, bound: string): Buffer | undefined;
}

const SECRET_BYTES = 32;

export function createWrapping(
  openMasters: () => Masters,
  { store, isEnabled }: { store: WrappingStore; isEnabled: boolean },
): Wrapping {
  const secrets = new Map<number, Uint8Array>();
  let newest = 0;

  async function openStored(version: number, wrapped: string): Promise<Uint8Array> {
    const { present, former } = openMasters();
    const own = await present.unwrap(wrapped);
    if (own) return own;
    for (const master of former) {
      const secret = await master.unwrap(wrapped);
      if (!secret) continue;
      await store.replace(version, await present.wrap(secret));
      return secret;
    }
    throw vaultErrors.wrong_master_key({ version });
  }

  async function load(): Promise<void> {
    for (const { version, wrapped } of await store.list()) {
      if (!secrets.has(version)) secrets.set(version, await openStored(version, wrapped));
      newest = Math.max(newest, version);
    }
    if (newest === 0 && isEnabled) await begin();
  }

  async function begin(): Promise<number> {
    const version = newest + 1;
    const secret = randomBytes(SECRET_BYTES);
    // Another process may have made it a moment ago: then its one is taken.
    if (!(await store.insert(version, await openMasters().present.wrap(secret)))) await load();
    else secrets.set(version, secret);
    newest = Math.max(newest, version);
    return newest;
  }

  return {
    load,
    begin,
    version: () => newest,
    wrap(secret, bound) {
      const wrapping = secrets.get(newest);
      if (!wrapping) throw new Error("the vault was not started");
      return { wrapped: wrapBytes(secret, { secret: wrapping, bound }), version: newest };
    },
    unwrap({ wrapped, version }, bound) {
      const wrapping = secrets.get(version);
      return wrapping && unwrapBytes(wrapped, { secret: wrapping, bound });
    },
  };
}
