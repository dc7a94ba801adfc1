// What is asked of the trail: lists, single entries, proofs, tiles.
import type { AuditFilter, AuditPage, AuditQuery, ConsistencyView, Inclusion, ShownEntry } from "../contract.ts";
import { subjectOfPerson } from "../entries/compose.ts";
import type { AuditWriter } from "../entries/writer.ts";
import { auditErrors } from "../errors.ts";
import { base64 } from "../exporting/ndjson.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { EntrySearch, EntryStore, EntryTally, StoredEntry } from "../store/entry-store.ts";
import type { SignedCheckpoint, TreeStore } from "../store/tree-store.ts";
import { createTreeReader } from "../tree/proofs.ts";
import { parseLeaf } from "../verifying/judge-entry.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { showEntries } from "./views.ts";

export interface AuditReader {
  list(query: AuditQuery): Promise<AuditPage>;
  /** How many of each action and outcome there were in a time. */
  tally(period: { since_ms: number; until_ms: number }): Promise<EntryTally[]>;
  /** With the personal part; that it was read is an entry of its own. Throws `audit.unknown_entry`. */
  show(id: string): Promise<ShownEntry>;
  /** Throws `audit.unknown_entry` and `audit.not_placed`. */
  proof(id: string): Promise<Inclusion>;
  /** Throws `audit.bad_range`. */
  consistency(range: { from: number; to?: number | undefined }): Promise<ConsistencyView>;
  /** Of the tree that grows. Throws `audit.nothing_signed`. */
  latest(): Promise<SignedCheckpoint>;
}

interface ReaderDeps {
  entries: EntryStore;
  trees: TreeStore;
  sealer: Sealer;
  note: AuditWriter["note"];
  intervalMs: number;
}

export function createReader({ entries, trees, sealer, note, intervalMs }: ReaderDeps): AuditReader {
  async function find(id: string): Promise<StoredEntry> {
    const found = await entries.find(id);
    if (!found) throw auditErrors.unknown_entry({ id });
    return found;
  }

  async function latest(): Promise<SignedCheckpoint> {
    const tree = await trees.tree();
    const checkpoint = tree && (await trees.checkpoint(tree.origin));
    if (!checkpoint) throw auditErrors.nothing_signed({});
    return checkpoint;
  }

  return {
    async list({ limit, cursor, ...filter }) {
      const search = await searchOf(filter, sealer);
      const found = await entries.list({ ...search, before: readCursor(cursor), limit: limit + 1 });
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        entries: await showEntries(found.slice(0, limit), sealer),
        next_cursor: last ? writeCursor(last) : null,
      };
    },
    tally: ({ since_ms, until_ms }) => entries.tally({ sinceMs: since_ms, untilMs: until_ms }, TALLIED_MAX),
    async show(id) {
      const found = await find(id);
      const [view] = await showEntries([found], sealer);
      if (!view) throw auditErrors.unknown_entry({ id });
      if (found.sealed)
        await note({ action: "audit.personal.read", resource: { type: "audit_entry", id }, outcome: "ok" });
      return { ...view, leaf: found.leaf, personal: await openPersonal(found, sealer) };
    },
    async proof(id) {
      const { seq, origin, leaf } = await find(id);
      if (seq === null || origin === null) throw auditErrors.not_placed({ id, retryAfterMs: intervalMs });
      const signed = await trees.checkpoint(origin);
      if (!signed || signed.size <= seq) throw auditErrors.not_placed({ id, retryAfterMs: intervalMs });
      const hashes = await createTreeReader(trees.readTile(origin)).inclusion(seq, signed.size);
      const proof = hashes.map(base64);
      const lines = ["c2sp.org/tlog-proof@v1", `index ${seq}`, ...proof, "", signed.note];
      return { index: seq, leaf, proof, checkpoint: signed.note, tlog_proof: lines.join("\n") };
    },
    async consistency({ from, to: wanted }) {
      const { origin, size, note: checkpoint } = await latest();
      const to = wanted ?? size;
      if (from > to || to > size) throw auditErrors.bad_range({ from, to, size });
      const tree = createTreeReader(trees.readTile(origin));
      const [proof, fromRoot, toRoot] = [await tree.consistency(from, to), await tree.root(from), await tree.root(to)];
      return { from, to, proof: proof.map(base64), from_root: base64(fromRoot), to_root: base64(toRoot), checkpoint };
    },
    latest,
  };
}

/** There are some dozens of actions. */
const TALLIED_MAX = 1000;

/** A person is looked for under their pseudonym. */
export async function searchOf(filter: AuditFilter, sealer: Pick<Sealer, "find">): Promise<Omit<EntrySearch, "limit">> {
  const { actor, resource, resource_type, since_ms, until_ms, ...same } = filter;
  const pseudonym = async (id: string | undefined) =>
    id === undefined ? undefined : ((await sealer.find(subjectOfPerson(id))) ?? id);
  const isPerson = resource_type === "user" || resource_type === "person";
  return {
    ...same,
    actor: await pseudonym(actor),
    resourceType: resource_type,
    resource: isPerson ? await pseudonym(resource) : resource,
    sinceMs: since_ms,
    untilMs: until_ms,
  };
}

async function openPersonal({ leaf, sealed, id }: StoredEntry, sealer: Sealer): Promise<ShownEntry["personal"]> {
  const key = parseLeaf(leaf)?.sealed?.key;
  if (!sealed || key === undefined) return null;
  const bytes = await sealer.open({ key, ciphertext: sealed }, id);
  return bytes ? (JSON.parse(Buffer.from(bytes).toString("utf8")) as ShownEntry["personal"]) : null;
}
