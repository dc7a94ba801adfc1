// Whether an entry fits what stands beside it: its id, its time, its installation, its sealed part.
import { commitTo, type Leaf } from "../entries/leaf.ts";
import type { StoredEntry } from "../store/entry-store.ts";
import type { Finding } from "./findings.ts";

type Kind = Pick<Finding, "kind">;

/** Times are kept as PostgreSQL gives them back: a rounded millisecond may differ by one. */
const ROUNDING_MS = 1;

export function judgeEntry(entry: StoredEntry, log: string): Kind[] {
  const leaf = parseLeaf(entry.leaf);
  if (!leaf) return [{ kind: "unreadable" }];
  const findings: Kind[] = [];
  if (leaf.id !== entry.id || Math.abs(leaf.at_ms - entry.atMs) > ROUNDING_MS)
    findings.push({ kind: "columns_differ" });
  if (leaf.log !== log) findings.push({ kind: "foreign_entry" });
  return [...findings, ...judgeSealed(leaf, entry)];
}

export function judgeSealed(
  { sealed: commitment }: Pick<Leaf, "sealed">,
  { salt, sealed }: Pick<StoredEntry, "salt" | "sealed">,
): Kind[] {
  if (commitment === undefined) return sealed === null ? [] : [{ kind: "sealed_altered" }];
  if (salt === null || sealed === null) return [{ kind: "sealed_missing" }];
  return commitTo(salt, sealed) === commitment.sha256 ? [] : [{ kind: "sealed_altered" }];
}

export function parseLeaf(text: string): Leaf | undefined {
  try {
    const leaf = JSON.parse(text) as Partial<Leaf> | null;
    const isLeaf = typeof leaf?.id === "string" && typeof leaf.at_ms === "number" && typeof leaf.action === "string";
    // What was signed was written by `writeLeaf`; what was not is found by its hash.
    return isLeaf ? (leaf as Leaf) : undefined;
  } catch {
    return undefined;
  }
}
