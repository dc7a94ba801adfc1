// A vote: the answer that most say. Two say the same when their texts do, blanks around them and capitals aside; JSON, when it has
// the same value. Ties go to the first in order. Pure.
import type { Said } from "./read-said.ts";

export interface Vote {
  /** The place of the first answer that says what most say. */
  winner: number;
  /** How many say it. */
  votes: number;
}

/** At least one answer. */
export function countVotes(answers: readonly Said[]): Vote {
  const ballots = answers.map(ballotOf);
  const votes = ballots.map((ballot) => ballots.filter((other) => other === ballot).length);
  const most = Math.max(...votes);
  return { winner: votes.indexOf(most), votes: most };
}

function ballotOf({ text, refusal, toolCalls }: Said): string {
  const calls = toolCalls.map(({ name, arguments: said }) => [name, plain(said)]);
  return JSON.stringify([plain(text), plain(refusal), calls]);
}

function plain(text: string): string {
  const trimmed = text.trim();
  try {
    const value: unknown = JSON.parse(trimmed);
    if (typeof value !== "string") return JSON.stringify(sorted(value));
  } catch {
    // No JSON.
  }
  return trimmed.normalize().toLowerCase();
}

/** The same value, whatever the order of its members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}
