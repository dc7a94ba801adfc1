// Detectors that share one scan of a text, made of finders that look at the scan's places.
import type { Detector, FindContext, Finding } from "../../contract.ts";
import { type Scan, scanText } from "./scan-text.ts";

export interface Match {
  kind: string;
  /** In the scan's text. */
  start: number;
  end: number;
  score: number;
  why: string;
}

export interface Finder {
  kinds: readonly string[];
  find(scan: Scan, matches: Match[], context: FindContext): void;
}

/** The scan of the text asked about last: several detectors look at one text, one after another. */
export type ScanText = (text: string) => Scan;

export function createScanText(): ScanText {
  let last: { text: string; scan: Scan } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, scan: scanText(text) };
    return last.scan;
  };
}

export interface FinderDetectorOptions {
  name: string;
  finders: readonly Finder[];
  reach: number;
  /** Below it nothing is told. */
  scoreMin: number;
  /** Kinds that are looked for; all if absent. */
  kinds?: ReadonlySet<string> | undefined;
}

export function createFinderDetector(options: FinderDetectorOptions, scanOf: ScanText): Detector {
  const { name, reach, scoreMin } = options;
  const wanted = options.kinds;
  const finders = options.finders.filter(({ kinds }) => wanted === undefined || kinds.some((kind) => wanted.has(kind)));
  const kinds = [...new Set(finders.flatMap((finder) => finder.kinds))].filter((kind) => wanted?.has(kind) ?? true);
  return {
    name,
    kinds,
    reach,
    find(text, context) {
      const scan = scanOf(text);
      const matches: Match[] = [];
      for (const finder of finders) finder.find(scan, matches, context);
      if (matches.length === 0) return [];
      const told = matches.filter(({ kind, score }) => score >= scoreMin && (wanted?.has(kind) ?? true));
      return withoutOverlaps(told).map((match) => findingOf(match, name, scan));
    },
  };
}

function findingOf(match: Match, detector: string, { origin }: Scan): Finding {
  if (origin === undefined) return { ...match, detector };
  // The last character's own place and one more: what was taken out after it does not belong to it.
  const start = origin[match.start] ?? match.start;
  const end = match.end > match.start ? (origin[match.end - 1] ?? match.end) + 1 : start;
  return { ...match, start, end: Math.min(end, origin.at(-1) ?? end), detector };
}

/** Of matches over the same characters the surest stays, of equals the longest. */
export function withoutOverlaps(matches: Match[]): Match[] {
  if (matches.length < 2) return matches;
  const kept: Match[] = [];
  for (const match of matches.toSorted((a, b) => a.start - b.start)) {
    let last = kept.at(-1);
    while (last !== undefined && last.end > match.start && isBetter(match, last)) {
      kept.pop();
      last = kept.at(-1);
    }
    if (last === undefined || last.end <= match.start) kept.push(match);
  }
  return kept;
}

function isBetter(match: Match, other: Match): boolean {
  return (
    match.score > other.score || (match.score === other.score && match.end - match.start > other.end - other.start)
  );
}
