// Holds one entry of the trail against the signed tree, step by step, with nothing but what was answered: the leaf, the path, the
// checkpoint, and the keys. What the server says of itself is taken for granted nowhere else.
import type { Inclusion } from "../../../../../src/audit/contract.ts";
import { type Bytes, fromBase64, hashLeaf, toBase64, toHex } from "./hashing.ts";
import { type Checkpoint, isSameRoot, isSignedBy, readCheckpoint, readKey } from "./signed-note.ts";
import { type PathStep, walkToRoot } from "./walk-path.ts";

/** `unknown`: this browser cannot tell. */
export type StepState = "ok" | "fail" | "unknown";

interface Step {
  state: StepState;
}

export interface VerifiedEntry {
  state: StepState;
  /** That the leaf is of the entry that was asked for, and says what the page shows. */
  content: Step & { differing: string[] };
  /** Of a call: its way to the root of its batch, which the batch's entry names. */
  batch: (Step & { number: number; count: number; hash: Bytes; path: PathStep[]; root: string; named: string }) | null;
  leaf: Step & { hash: Bytes; index: number; size: number };
  path: Step & { steps: PathStep[]; root: string | null };
  root: Step & { signed: string | null; origin: string | null };
  signature: Step & { key: string | null; keyId: string | null; others: string[] };
}

/** What the page shows of the entry; all of it stands in the leaf as well. */
export interface ShownFields {
  id: string;
  at_ms: number;
  action: string;
  organisation: string;
  outcome: string;
  request_id: string | null;
  details: unknown;
}

interface Question {
  shown: ShownFields;
  inclusion: Inclusion;
  /** In C2SP's words; the signature must be of one of them. */
  keys: readonly string[];
}

export async function verifyEntry({ shown, inclusion, keys }: Question): Promise<VerifiedEntry> {
  const { index, leaf, call } = inclusion;
  const checkpoint = readCheckpoint(inclusion.checkpoint);
  const content = judgeContent(shown, (call ?? inclusion).leaf);
  const batch = call === null ? null : await walkBatch(call, leaf);
  const hash = await hashLeaf(leaf);
  const size = checkpoint?.size ?? 0;
  const path = hashesOf(inclusion.proof);
  const walked = path === null ? { steps: [], root: null } : await walkToRoot({ index, size, leafHash: hash, path });
  const isRoot = checkpoint !== null && isSameRoot(checkpoint, walked.root);
  const signature = await judgeSignature(checkpoint, keys);
  const result = {
    content: { state: stateOf(content.length === 0), differing: content },
    batch,
    leaf: { state: "ok" as const, hash, index, size },
    path: { state: stateOf(walked.root !== null), steps: walked.steps, root: walked.root && toBase64(walked.root) },
    root: {
      state: stateOf(isRoot),
      signed: checkpoint && toBase64(checkpoint.root),
      origin: checkpoint?.origin ?? null,
    },
    signature,
  };
  const steps = [result.content, result.path, result.root, signature, ...(batch === null ? [] : [batch])];
  return { ...result, state: worstOf(steps.map(({ state }) => state)) };
}

async function walkBatch(call: NonNullable<Inclusion["call"]>, entry: string): Promise<VerifiedEntry["batch"]> {
  const { number, count } = call;
  const hash = await hashLeaf(call.leaf);
  const path = hashesOf(call.proof);
  const walked = path === null ? null : await walkToRoot({ index: number, size: count, leafHash: hash, path });
  const details = fieldsOf(fieldsOf(parse(entry))["details"]);
  const named = String(details["root"]);
  const root = walked?.root ? toHex(walked.root) : "";
  const isRoot = root !== "" && root === named && details["count"] === count;
  return { state: stateOf(isRoot), number, count, hash, path: walked?.steps ?? [], root, named };
}

/** The names of what the leaf says otherwise than the page. */
function judgeContent(shown: ShownFields, leaf: string): string[] {
  const said = fieldsOf(parse(leaf));
  const names = ["id", "at_ms", "action", "organisation", "outcome", "request_id", "details"] as const;
  return names.filter((name) => canonical(said[name] ?? null) !== canonical(shown[name]));
}

/** Throws nothing: a browser without Ed25519 cannot tell. */
export async function judgeSignature(
  checkpoint: Checkpoint | null,
  keys: readonly string[],
): Promise<VerifiedEntry["signature"]> {
  const none = { key: null, keyId: null, others: checkpoint?.signatures.map(({ name }) => name) ?? [] };
  if (checkpoint === null) return { state: "fail", ...none };
  try {
    for (const text of keys) {
      const key = await readKey(text);
      if (key === null || !(await isSignedBy(checkpoint, key))) continue;
      const others = checkpoint.signatures.filter(({ keyId }) => keyId !== key.id).map(({ name }) => name);
      return { state: "ok", key: text, keyId: key.id, others };
    }
    return { state: "fail", ...none };
  } catch {
    return { state: "unknown", ...none };
  }
}

export function worstOf(states: readonly StepState[]): StepState {
  if (states.includes("fail")) return "fail";
  return states.includes("unknown") ? "unknown" : "ok";
}

export const stateOf = (holds: boolean): StepState => (holds ? "ok" : "fail");

/** Null where one of them is no hash. */
export function hashesOf(texts: readonly string[]): Bytes[] | null {
  const hashes = texts.map(fromBase64);
  return hashes.every((hash) => hash !== null) ? hashes : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The same text for the same value, whatever order its fields came in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(",")}}`;
}
