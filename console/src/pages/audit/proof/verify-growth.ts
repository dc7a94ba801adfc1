// Holds an older state of the tree against the one that is signed now: whether nothing that was there has changed since.
import type { ConsistencyView } from "../../../../../src/audit/contract.ts";
import { fromBase64, isSame } from "./hashing.ts";
import { readCheckpoint } from "./signed-note.ts";
import { hashesOf, judgeSignature, stateOf, type StepState, type VerifiedEntry, worstOf } from "./verify-entry.ts";
import { hasOnlyGrown } from "./walk-path.ts";

export interface VerifiedGrowth {
  state: StepState;
  from: number;
  to: number;
  hashes: number;
  /** The root that the older tree had, as the reader knows it; as the server says where nobody noted it. */
  known: { state: StepState; root: string; noted: string | null };
  path: { state: StepState };
  /** The newer root is that of the signed checkpoint. */
  root: { state: StepState; root: string };
  signature: VerifiedEntry["signature"];
}

interface Question {
  answer: ConsistencyView;
  /** Of the older tree, as it was noted down: base64. */
  knownRoot: string | null;
  keys: readonly string[];
}

export async function verifyGrowth({ answer, knownRoot, keys }: Question): Promise<VerifiedGrowth> {
  const { from, to, from_root: fromRoot, to_root: toRoot } = answer;
  const checkpoint = readCheckpoint(answer.checkpoint);
  const [older, newer, path] = [fromBase64(fromRoot), fromBase64(toRoot), hashesOf(answer.proof)];
  const isGrown =
    older !== null &&
    newer !== null &&
    path !== null &&
    (await hasOnlyGrown({ older: { size: from, root: older }, newer: { size: to, root: newer }, path }));
  const isSigned = checkpoint !== null && checkpoint.size === to && readsAs(checkpoint.root, newer);
  const signature = await judgeSignature(checkpoint, keys);
  const result = {
    known: { state: stateOf(knownRoot === null || knownRoot === fromRoot), root: fromRoot, noted: knownRoot },
    path: { state: stateOf(isGrown) },
    root: { state: stateOf(isSigned), root: toRoot },
    signature,
  };
  const states = [result.known, result.path, result.root, signature].map(({ state }) => state);
  return { ...result, state: worstOf(states), from, to, hashes: answer.proof.length };
}

function readsAs(one: Uint8Array, other: Uint8Array | null): boolean {
  return other !== null && isSame(one, other);
}
