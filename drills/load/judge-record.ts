// Holds what callers were answered against what is on record: each answered call once, as answered, and no call twice.
import type { Check } from "../drill.ts";
import type { StoredCall, StoredCount } from "../installation/stored-calls.ts";

export interface RecordVerdict {
  recorded: number;
  /** Tags of answered calls that are not on record. */
  missing: string[];
  /** Tags of calls that are on record more than once. */
  doubled: string[];
  /** Tags of answered calls that are on record with another outcome than ok. */
  misjudged: string[];
  /** Calls that broke off under their callers and are on record all the same: it may be, and is no fault. */
  cutOnRecord: number;
}

export function judgeRecord(
  { answered, cut }: { answered: ReadonlySet<string>; cut: ReadonlySet<string> },
  stored: readonly StoredCall[],
): RecordVerdict {
  const byTag = new Map<string, StoredCall[]>();
  for (const call of stored) byTag.set(call.tag, [...(byTag.get(call.tag) ?? []), call]);
  const isOk = (tag: string): boolean => byTag.get(tag)?.every(({ outcome }) => outcome === "ok") ?? true;
  return {
    recorded: stored.length,
    missing: [...answered].filter((tag) => !byTag.has(tag)),
    doubled: [...byTag].filter(([, calls]) => calls.length > 1).map(([tag]) => tag),
    misjudged: [...answered].filter((tag) => !isOk(tag)),
    cutOnRecord: [...cut].filter((tag) => byTag.has(tag)).length,
  };
}

/** `count` is what the database itself says, where it could be asked. */
export function checksOfRecord(verdict: RecordVerdict, count: StoredCount | undefined): Check[] {
  const { missing, doubled, misjudged, recorded } = verdict;
  const none = (that: string, tags: readonly string[]): Check => ({
    that,
    holds: tags.length === 0,
    found: tags.length === 0 ? "none" : `${tags.length}: ${tags.slice(0, 5).join(", ")}${tags.length > 5 ? " …" : ""}`,
  });
  const checks = [
    none("no answered call is missing from the record", missing),
    none("no call is on record twice", doubled),
    none("no answered call is on record as anything but ok", misjudged),
  ];
  if (!count) return checks;
  const { rows, ids, tags } = count;
  return [
    ...checks,
    {
      that: "PostgreSQL holds as many rows as the API lists, each with an id and a tag of its own",
      holds: rows === recorded && ids === rows && tags === rows,
      found: `${rows} rows, ${ids} ids, ${tags} tags; ${recorded} listed`,
    },
  ];
}

/** Figures that every drill which reads the record back has. */
export function figuresOfRecord(verdict: RecordVerdict) {
  return {
    recorded: verdict.recorded,
    missing: verdict.missing.length,
    doubled: verdict.doubled.length,
    misjudged: verdict.misjudged.length,
    cut_on_record: verdict.cutOnRecord,
  };
}
