// What verifying found, up to a bound; facts, no sentences.

export const findingKinds = [
  "entry_altered",
  "entry_moved",
  "entry_missing",
  "place_taken_twice",
  "entries_unsigned",
  "foreign_entry",
  "columns_differ",
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
  let more = 0;
  return {
    add: (finding) => void (findings.length < LISTED_MAX ? findings.push(finding) : (more += 1)),
    notice: (notice) => void (notices.length < LISTED_MAX && notices.push(notice)),
    lost: (hash, seq) => void (hash && lost.size < LISTED_MAX && lost.set(Buffer.from(hash).toString("hex"), seq)),
    found: (hash, seq) => void (found.size < LISTED_MAX && found.set(Buffer.from(hash).toString("hex"), seq)),
    result() {
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
