// "Did you mean …?" for unknown names.
import { distance } from "fastest-levenshtein";

const NAME_CHARS_MAX = 256;

/** Up to `count` of the candidates that resemble `name`, best first; empty when none is near. */
export function nearestNames(name: string, candidates: Iterable<string>, count = 3): string[] {
  // What is compared with each candidate, letter by letter, must be no longer than a name.
  if (name.length > NAME_CHARS_MAX) return [];
  const wanted = name.toLowerCase();
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const contains = wanted.length >= 3 && (known.includes(wanted) || wanted.includes(known));
    const score = contains ? 0.2 : distance(wanted, known) / Math.max(wanted.length, known.length, 1);
    if (score <= 0.5) scored.push({ candidate, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || a.candidate.localeCompare(b.candidate))
    .slice(0, count)
    .map((entry) => entry.candidate);
}
