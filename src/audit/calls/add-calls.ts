// Calls onto the trail: one entry for all that come together, with the root over them; one of its own for each that was refused.
import type { Transaction } from "kysely";
import { newId } from "../../kernel/index.ts";
import { SYSTEM } from "../acting/acting.ts";
import { type Compose, subjectOfPerson } from "../entries/compose.ts";
import { commitTo, writeLeaf } from "../entries/leaf.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { CallStore } from "../store/call-store.ts";
import type { EntryStore, NewRow } from "../store/entry-store.ts";
import { type BatchedCall, CALLS_EXECUTED, packCalls, rootOfCalls, startOf } from "./call-batch.ts";
import { type CallLeaf, type CallNote, readCallNote } from "./call-note.ts";

export interface AddCallsDeps {
  entries: EntryStore;
  calls: CallStore;
  sealer: Sealer;
  composing(): Promise<Compose>;
  /** Of this installation. */
  ownLog(): Promise<string>;
  nowMs(): number;
}

/** Notes as `writeCallNote` makes them; each once, in the transaction of what says that they were taken. */
export type AddCalls = (transaction: Transaction<unknown>, notes: readonly string[]) => Promise<void>;

export function createAddCalls(deps: AddCallsDeps): AddCalls {
  const { entries, sealer } = deps;
  return async (transaction, texts) => {
    const notes = texts.map(readCallNote);
    await sealer.prepare(transaction, notes.flatMap(subjectsIn));
    const together: NotedCall[] = [];
    const alone: NewRow[] = [];
    for (const note of notes) {
      const call = note.people ? await nameless(transaction, note, sealer) : { ...NOTHING_SEALED, leaf: note.leaf };
      if (note.outcome === "refused") alone.push(rowOf(call, await deps.ownLog()));
      else together.push({ ...note, ...call });
    }
    await entries.add(transaction, alone);
    if (together.length > 0) await addBatch(transaction, together, deps);
  };
}

function subjectsIn({ people }: CallNote): string[] {
  const { on_behalf_of, subject } = people ?? {};
  return [
    ...(on_behalf_of === undefined ? [] : [subjectOfPerson(on_behalf_of)]),
    ...(subject === undefined ? [] : [subject]),
  ];
}

type NotedCall = CallNote & BatchedCall;
const NOTHING_SEALED = { salt: null, sealed: null };

/** People under their pseudonyms, the rest of them sealed. */
async function nameless(
  transaction: Transaction<unknown>,
  { leaf: text, people: { on_behalf_of, personal, subject } = {} }: CallNote,
  sealer: Sealer,
): Promise<BatchedCall> {
  const leaf = JSON.parse(text) as CallLeaf;
  if (on_behalf_of !== undefined)
    leaf.on_behalf_of = await sealer.pseudonym(transaction, subjectOfPerson(on_behalf_of));
  if (personal === undefined) return { ...NOTHING_SEALED, leaf: writeLeaf(leaf) };
  const owner = subject ?? `${leaf.actor.kind}:${leaf.actor.id}`;
  const part = { bytes: Buffer.from(JSON.stringify(personal)), boundTo: leaf.id };
  const { key, salt, ciphertext } = await sealer.seal(transaction, owner, part);
  leaf.sealed = { key, sha256: commitTo(salt, ciphertext) };
  return { leaf: writeLeaf(leaf), salt, sealed: ciphertext };
}

function rowOf({ leaf: text, salt, sealed }: BatchedCall, log: string): NewRow {
  const leaf = JSON.parse(text) as CallLeaf;
  return { id: leaf.id, atMs: leaf.at_ms, leaf: writeLeaf({ ...leaf, log }), salt, sealed };
}

async function addBatch(
  transaction: Transaction<unknown>,
  calls: readonly NotedCall[],
  { entries, calls: store, composing, nowMs }: AddCallsDeps,
): Promise<void> {
  const compose = await composing();
  const [id, atMs] = [newId(), nowMs()];
  const starts = calls.map((call) => startOf(call.id));
  const ok = calls.filter(({ outcome }) => outcome === "ok").length;
  const [fromMs, untilMs] = [Math.min(...starts), Math.max(...starts)];
  const row = await compose(
    transaction,
    {
      at_ms: atMs,
      action: CALLS_EXECUTED,
      actor: SYSTEM,
      organisation: SYSTEM.organisation,
      resource: { type: "calls", id: calls[0]?.id ?? "" },
      outcome: "ok",
      details: {
        count: calls.length,
        failed: calls.length - ok,
        from_ms: fromMs,
        until_ms: untilMs,
        root: rootOfCalls(calls),
      },
    },
    id,
  );
  await entries.add(transaction, [row]);
  await store.add(transaction, { id, atMs, fromMs, untilMs, ok, failed: calls.length - ok, calls: packCalls(calls) });
}
