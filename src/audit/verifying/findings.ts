// What verifying found, up to a bound; facts, no sentences.

export const findingKinds = [
  "entry_altered",
  "entry_moved",
  "entry_missing",
  "place_taken_twice",
  "entries_unsigned",
  "foreign_entry",
  "columns_differ",
  "calls_altered",
  "calls_missing",
  "record_altered",
  "record_missing",
  "sealed_altered",
  "sealed_missing",
  "checkpoint_forged",
  "checkpoint_differs",
  "forked",
  "rolled_back",
  "proof_wrong",
  "order_wrong",
  "incomplete",
  "unreadable",
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  kind: FindingKind;
  origin?: string;
  seq?: number;
  id?: string;
  size?: number;
  count?: number;
}

/** Nothing wrong by itself. */
export interface Notice extends Omit<Finding, "kind"> {
  kind: "out_of_time";
}

export interface Verified {
  ok: boolean;
  entries: number;
  findings: Finding[];
  notices: Notice[];
  /** How many there were beyond those that are listed. */
  more: number;
  checkpoint: string | null;
}

export interface Findings {
  add(finding: Finding): void;
  /** Of a batch of then, whose calls are not there: a finding, unless they were let go. */
  callsMissing(finding: Omit<Finding, "kind">, atMs: number): void;
  /** An entry says that calls of batches from before then were let go. */
  letGo(beforeMs: number): void;
  notice(notice: Notice): void;
  /** The tree has this hash at this place, and the entry there has not. */
  lost(hash: Uint8Array | undefined, seq: number): void;
  /** An entry at this place has this hash, and the tree has not. */
  found(hash: Uint8Array, seq: number): void;
  result(): Pick<Verified, "ok" | "findings" | "notices" | "more">;
}

const LISTED_MAX = 200;

export function createFindings(): Findings {
  const findings: Finding[] = [];
  const notices: Notice[] = [];
  const lost = new Map<string, number>();
  const found = new Map<string, number>();
  const missing: { atMs: number; finding: Omit<Finding, "kind"> | undefined }[] = [];
  let letGoBeforeMs = Number.NEGATIVE_INFINITY;
  let more = 0;
  const add = (finding: Finding): void => void (findings.length < LISTED_MAX ? findings.push(finding) : (more += 1));
  return {
    add,
    callsMissing: (finding, atMs) =>
      void missing.push({ atMs, finding: missing.length < LISTED_MAX ? finding : undefined }),
    letGo: (beforeMs) => void (letGoBeforeMs = Math.max(letGoBeforeMs, beforeMs)),
    notice: (notice) => void (notices.length < LISTED_MAX && notices.push(notice)),
    lost: (hash, seq) => void (hash && lost.size < LISTED_MAX && lost.set(Buffer.from(hash).toString("hex"), seq)),
    found: (hash, seq) => void (found.size < LISTED_MAX && found.set(Buffer.from(hash).toString("hex"), seq)),
    result() {
      // Which were let go is said after them.
      for (const { atMs, finding } of missing.splice(0))
        if (atMs >= letGoBeforeMs) add({ kind: "calls_missing", ...finding });
      // An entry that is whole, at another's place, was moved there.
      const moved = new Set([...found].filter(([hash]) => lost.has(hash)).map(([, seq]) => seq));
      const told = findings.map((finding) =>
        finding.kind === "entry_altered" && moved.has(finding.seq ?? -1)
          ? { ...finding, kind: "entry_moved" as const }
          : finding,
      );
      return { ok: told.length === 0, findings: told, notices, more };
    },
  };
}
