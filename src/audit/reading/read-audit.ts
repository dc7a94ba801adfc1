// What is asked of the trail: lists, single entries, proofs, tiles.
import { type CallReader, entryOfCall, type FoundCall } from "../calls/read-calls.ts";
import type { AuditFilter, AuditPage, AuditQuery, ConsistencyView, Inclusion, ShownEntry } from "../contract.ts";
import { subjectOfPerson } from "../entries/compose.ts";
import type { AuditWriter } from "../entries/writer.ts";
import { auditErrors } from "../errors.ts";
import { base64 } from "../exporting/ndjson.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { CallStore } from "../store/call-store.ts";
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
  calls: CallReader;
  counting: Pick<CallStore, "count">;
  sealer: Sealer;
  note: AuditWriter["note"];
  intervalMs: number;
}

export function createReader({ entries, trees, calls, counting, sealer, note, intervalMs }: ReaderDeps): AuditReader {
  /** An entry of its own; or a call, as if it were one. */
  async function find(id: string): Promise<{ entry: StoredEntry; call?: FoundCall }> {
    const own = await entries.find(id);
    if (own) return { entry: own };
    const call = await calls.find(id);
    const entry = call && entryOfCall(call, call.batch);
    if (!entry) throw auditErrors.unknown_entry({ id });
    return { entry, call };
  }

  async function latest(): Promise<SignedCheckpoint> {
    const tree = await trees.tree();
    const checkpoint = tree && (await trees.checkpoint(tree.origin));
    if (!checkpoint) throw auditErrors.nothing_signed({});
    return checkpoint;
  }

  return {
    async list({ limit, cursor, ...filter }) {
      const call = filter.call === undefined ? undefined : await calls.find(filter.call);
      const search = { ...(await searchOf(filter, sealer)), id: call ? call.batch.id : filter.call };
      const found = await entries.list({ ...search, before: readCursor(cursor), limit: limit + 1 });
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        entries: await showEntries(found.slice(0, limit), sealer),
        next_cursor: last ? writeCursor(last) : null,
      };
    },
    async tally({ since_ms, until_ms }) {
      const period = { sinceMs: since_ms, untilMs: until_ms };
      const [told, batched] = await Promise.all([entries.tally(period, TALLIED_MAX), counting.count(period)]);
      return withCalls(told, batched);
    },
    async show(id) {
      const { entry, call } = await find(id);
      const [view] = await showEntries([entry], sealer);
      if (!view) throw auditErrors.unknown_entry({ id });
      if (entry.sealed)
        await note({ action: "audit.personal.read", resource: { type: "audit_entry", id }, outcome: "ok" });
      const batch = call ? { id: call.batch.id, number: call.number, count: call.count } : null;
      return { ...view, leaf: entry.leaf, personal: await openPersonal(entry, sealer), batch };
    },
    async proof(id) {
      const { entry, call } = await find(id);
      const { seq, origin, leaf } = call?.batch ?? entry;
      if (seq === null || origin === null) throw auditErrors.not_placed({ id, retryAfterMs: intervalMs });
      const signed = await trees.checkpoint(origin);
      if (!signed || signed.size <= seq) throw auditErrors.not_placed({ id, retryAfterMs: intervalMs });
      const hashes = await createTreeReader(trees.readTile(origin)).inclusion(seq, signed.size);
      const proof = hashes.map(base64);
      const lines = ["c2sp.org/tlog-proof@v1", `index ${seq}`, ...proof, "", signed.note];
      const tlogProof = lines.join("\n");
      return { index: seq, leaf, proof, checkpoint: signed.note, tlog_proof: tlogProof, call: provenCall(call) };
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

/** Calls of batches among the others: those that were refused have entries of their own. */
function withCalls(told: readonly EntryTally[], { ok, failed }: { ok: number; failed: number }): EntryTally[] {
  const counts = new Map([
    ["ok", ok],
    ["failed", failed],
  ]);
  const summed = told.map((tally) => {
    if (tally.action !== "call") return tally;
    const more = counts.get(tally.outcome) ?? 0;
    counts.delete(tally.outcome);
    return { ...tally, count: tally.count + more };
  });
  const added = [...counts].flatMap(([outcome, count]) => (count > 0 ? [{ action: "call", outcome, count }] : []));
  return [...summed, ...added].toSorted((one, other) => other.count - one.count);
}

function provenCall(call: FoundCall | undefined): Inclusion["call"] {
  if (!call) return null;
  return { leaf: call.leaf, number: call.number, count: call.count, proof: call.path.map(base64) };
}

/** There are some dozens of actions. */
const TALLIED_MAX = 1000;

/** A person is looked for under their pseudonym. */
export async function searchOf(filter: AuditFilter, sealer: Pick<Sealer, "find">): Promise<Omit<EntrySearch, "limit">> {
  const { actor, resource, resource_type, since_ms, until_ms, call: _, ...same } = filter;
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
