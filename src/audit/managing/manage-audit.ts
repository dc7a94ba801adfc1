// What can be done about the trail, each told by the trail itself: another key, another tree, a person's key destroyed.
import type { World } from "../../kernel/index.ts";
import { type ActingNow } from "../acting/acting.ts";
import type { SigningKeys } from "../checkpoints/signing-keys.ts";
import type { Erasure } from "../contract.ts";
import type { Compose } from "../entries/compose.ts";
import type { AuditEntry } from "../entries/entry.ts";
import { auditErrors } from "../errors.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { Sequencer } from "../sequencing/sequencer.ts";
import type { EntryStore } from "../store/entry-store.ts";
import type { TreeStore } from "../store/tree-store.ts";

export interface AuditManager {
  /** Throws `audit.key_given` and `audit.unproven`. */
  rotateKey(): Promise<void>;
  newOrigin(): Promise<void>;
  /** Throws `audit.unknown_subject`. */
  erase(subject: string): Promise<Erasure>;
}

interface ManagerDeps {
  entries: EntryStore;
  trees: TreeStore;
  keys: SigningKeys;
  sealer: Sealer;
  sequencer: Sequencer;
  acting: ActingNow;
  composing(): Promise<Compose>;
  world: Pick<World, "nowMs">;
}

export function createManager({
  entries,
  trees,
  keys,
  sealer,
  sequencer,
  acting,
  composing,
  world,
}: ManagerDeps): AuditManager {
  const write = async (entry: AuditEntry): Promise<void> => {
    const complete = acting.complete(entry);
    const compose = await composing();
    await entries.inTransaction(async (transaction) =>
      entries.add(transaction, [await compose(transaction, complete)]),
    );
  };
  return {
    async rotateKey() {
      // What the key before has to sign, it signs now: with the key after, it says who follows it.
      await sequencer.sequence();
      const tree = await trees.tree();
      const fault = sequencer.fault();
      if (!tree || fault)
        throw auditErrors.unproven({ fault: fault ?? "empty", origin: tree?.name ?? "", size: tree?.size ?? 0 });
      const before = keys.verifiers(tree.name)[0] ?? null;
      keys.rotate();
      const after = keys.verifiers(tree.name)[0] ?? null;
      await write({
        action: "audit.key.rotate",
        resource: { type: "audit", id: tree.name },
        outcome: "ok",
        details: { before, after },
      });
      await sequencer.sequence();
    },
    async newOrigin() {
      const tree = await sequencer.beginOrigin();
      await write({ action: "audit.new_origin", resource: { type: "audit", id: tree.name }, outcome: "ok" });
    },
    async erase(subject) {
      const compose = await composing();
      return entries.inTransaction(async (transaction) => {
        const key = await sealer.destroy(transaction, subject);
        if (key === undefined) throw auditErrors.unknown_subject({ subject });
        // The key's id alone: whose it was is not to be known any more.
        const entry = acting.complete({
          action: "audit.erase",
          resource: { type: "audit_key", id: key },
          outcome: "ok",
        });
        await entries.add(transaction, [await compose(transaction, entry)]);
        return { subject, key, destroyed_at_ms: world.nowMs() };
      });
    },
  };
}
