// An erasure: the keys of somebody's data are destroyed, in PostgreSQL and in every process, and what was kept in clear, beside it or
// before anything was sealed, is taken away. What was sealed stays, unreadable, so that what is proven of it stays proven.
import { newId, type World } from "../kernel/index.ts";
import { digestOf, type Signer } from "./certificate.ts";
import type { DataSubject, ErasureCertificate } from "./contract.ts";
import { vaultErrors } from "./errors.ts";
import { overlaps } from "./holding.ts";
import type { NewKeys } from "./keys/new-keys.ts";
import type { HoldStore } from "./store/hold-store.ts";
import type { KeyStore } from "./store/key-store.ts";

interface ErasingDeps {
  keyStore: KeyStore;
  holdStore: HoldStore;
  newKeys: NewKeys;
  signer: Signer;
  world: Pick<World, "nowMs">;
  /** `onStep` is waited for now and then. */
  clearText(subject: DataSubject, onStep: () => Promise<unknown>): Promise<{ records: number; texts: number }>;
  /** Has this process see what it just did. */
  seen(): Promise<void>;
}

/** Where else such data may lie, and what becomes of it. */
const ALSO = [
  "answers that were kept to be given again to several, of whom not all are erased: they go when their time is over, or by `binnacle cache purge`",
  "what was not sealed, in the journals of processes: it goes when the file that it lies in is full, or at the next start, and is read by nobody until then",
  "files of batches that were brought before content was sealed: they go when their time is over, or when their owner deletes them",
];

/** The function throws `vault.on_hold` and `vault.nothing_to_erase`. */
export function createErasing(deps: ErasingDeps) {
  const { keyStore, holdStore, newKeys, signer, world, clearText, seen } = deps;
  return async (subject: DataSubject, { reason, by }: { reason: string; by: string }): Promise<ErasureCertificate> => {
    await newKeys.flush();
    const held = (await holdStore.standing()).find((hold) => overlaps(hold.subject, subject));
    if (held) throw vaultErrors.on_hold({ hold: held.id, reason: held.reason });
    const atMs = world.nowMs();
    const certificate = await keyStore.erase(subject, atMs, async (keys, stayAwake) => {
      const { records, texts } = await clearText(subject, stayAwake);
      if (keys + texts === 0) return undefined;
      return signer.sign({
        id: newId(),
        at_ms: atMs,
        subject: digestOf(subject),
        reason,
        keys_destroyed: keys,
        records,
        texts_removed: texts,
        also: ALSO,
        by,
      });
    });
    if (!certificate) throw vaultErrors.nothing_to_erase({});
    await seen();
    return certificate;
  };
}
