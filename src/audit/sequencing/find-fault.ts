// Whether the tree in the database is still the one that was signed. Whatever it differs in, nothing more is signed.
import { isSignedBy, readCheckpoint, readNote, readVerifier } from "../checkpoints/note.ts";
import type { Remembered } from "../checkpoints/remembered.ts";
import type { SignedCheckpoint, StoredTree } from "../store/tree-store.ts";
import { isSameHash } from "../tree/hashes.ts";
import type { TreeReader } from "../tree/proofs.ts";

/**
 * `rolled_back`: the database knows less than was signed. `forked`: what was signed is not the beginning of what it has.
 * `checkpoint_forged`: its own checkpoint is not signed by a key of ours. `checkpoint_differs`: that is not of its tree.
 */
export type Fault = "rolled_back" | "forked" | "checkpoint_forged" | "checkpoint_differs";

interface FaultInput {
  tree: StoredTree | undefined;
  reader: TreeReader | undefined;
  /** The latest that the database has of this tree. */
  latest: SignedCheckpoint | undefined;
  remembered: Remembered | undefined;
  /** Keys of ours for this tree. */
  verifiers: readonly string[];
}

export async function findFault({
  tree,
  reader,
  latest,
  remembered,
  verifiers,
}: FaultInput): Promise<Fault | undefined> {
  if (!tree || !reader) return remembered && "rolled_back";
  if (remembered && remembered.origin > tree.origin) return "rolled_back";
  if (remembered?.origin === tree.origin) {
    const { checkpoint } = remembered;
    if (checkpoint.origin !== tree.name) return "forked";
    if (checkpoint.size > tree.size) return "rolled_back";
    if (!isSameHash(await rootOrNothing(reader, checkpoint.size), checkpoint.root)) return "forked";
  }
  // A tree that is not empty was signed with its first entries; one that somebody put here was not.
  if (!latest) return tree.size > 0 ? "checkpoint_forged" : undefined;
  const note = readNote(latest.note);
  const checkpoint = note && readCheckpoint(note.text);
  if (!note || !checkpoint || checkpoint.origin !== tree.name) return "checkpoint_forged";
  const isOurs = verifiers.some((text) => {
    const verifier = readVerifier(text);
    return verifier && isSignedBy(note, verifier);
  });
  if (!isOurs) return "checkpoint_forged";
  const fits = checkpoint.size === tree.size && isSameHash(await rootOrNothing(reader, tree.size), checkpoint.root);
  return fits ? undefined : "checkpoint_differs";
}

/** Tiles that are too short have no root. */
async function rootOrNothing(reader: TreeReader, size: number): Promise<Uint8Array> {
  try {
    return await reader.root(size);
  } catch {
    return new Uint8Array();
  }
}
