// What was rejected of one request, and why: the answer has room for a sentence, so the first few reasons must do.
import type { Outcome } from "../wire/answers.ts";

const REASONS_MAX = 3;
const REASON_LENGTH_MAX = 200;

export function createRejections() {
  const reasons = new Map<string, number>();
  let accepted = 0;
  let rejected = 0;
  return {
    accept(count: number): void {
      accepted += count;
    },
    reject(why: string, count = 1): void {
      rejected += count;
      const reason = why.slice(0, REASON_LENGTH_MAX);
      if (reasons.has(reason) || reasons.size < REASONS_MAX) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    },
    outcome(): Outcome {
      const told = [...reasons].map(([reason, count]) => (count === 1 ? reason : `${reason} (${count} times)`));
      return { accepted, rejected, message: rejected === 0 ? "" : `${rejected} rejected: ${told.join("; ")}.` };
    },
  };
}

export type Rejections = ReturnType<typeof createRejections>;
