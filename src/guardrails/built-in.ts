// The detectors that are part of the program.
import type { Detector, Finding } from "./contract.ts";

export function builtInDetectors(): Detector[] {
  return [
    patternDetector("email", /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g, 160),
    patternDetector("card", /\b\d(?:[ -]?\d){12,18}\b/g, 48),
  ];
}

function patternDetector(kind: string, pattern: RegExp, reach: number): Detector {
  return {
    name: kind,
    kinds: [kind],
    reach,
    find: (text): Finding[] =>
      [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
        kind,
        start: index,
        end: index + match.length,
        score: 0.9,
        detector: kind,
        why: `it looks like ${kind}`,
      })),
  };
}
