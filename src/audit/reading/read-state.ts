// How the trail is doing: its tree, what waits, and why nothing is signed where that is so.
import type { AuditState } from "../contract.ts";
import type { Sequencer } from "../sequencing/sequencer.ts";
import type { TreeStore } from "../store/tree-store.ts";

interface StateDeps {
  trees: TreeStore;
  sequencer: Pick<Sequencer, "fault">;
  ownLog(): Promise<string>;
  /** Entries that were not kept. */
  untold(): number;
  receivers?: () => Promise<AuditState["receivers"]>;
  witnesses?: () => AuditState["witnesses"];
}

export function createReadState({
  trees,
  sequencer,
  ownLog,
  untold,
  receivers,
  witnesses,
}: StateDeps): () => Promise<AuditState> {
  return async () => {
    const tree = await trees.tree();
    const signed = tree && (await trees.checkpoint(tree.origin));
    return {
      origin: tree?.name ?? null,
      size: tree?.size ?? 0,
      waiting: (await trees.countWaiting(await ownLog())).own,
      gaps: untold(),
      fault: sequencer.fault() ?? null,
      checkpoint: signed?.note ?? null,
      signed_at_ms: signed?.signedAtMs ?? null,
      keys: tree ? await trees.verifiers(tree.origin) : [],
      receivers: (await receivers?.()) ?? [],
      witnesses: witnesses?.() ?? [],
    };
  };
}
