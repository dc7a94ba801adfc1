// The first entry of every tree: of what it takes the place, so that a new beginning cannot be mistaken for the whole.
import { type CompleteEntry, SYSTEM } from "../acting/acting.ts";
import type { Remembered } from "../checkpoints/remembered.ts";
import type { StoredTree } from "../store/tree-store.ts";
import type { Fault } from "./find-fault.ts";

interface Beginning {
  tree: StoredTree;
  /** The last that the database has. */
  before: StoredTree | undefined;
  remembered: Remembered | undefined;
  fault: Fault | undefined;
}

export function originBegun({ tree, before, remembered, fault }: Beginning): CompleteEntry {
  const last = remembered?.checkpoint;
  return {
    action: "audit.origin_begun",
    actor: SYSTEM,
    organisation: SYSTEM.organisation,
    resource: { type: "audit", id: tree.name },
    outcome: "ok",
    details: {
      before: before ? { origin: before.name, size: before.size } : null,
      last_signed: last
        ? { origin: last.origin, size: last.size, root: Buffer.from(last.root).toString("base64") }
        : null,
      because: fault ?? null,
    },
  };
}
