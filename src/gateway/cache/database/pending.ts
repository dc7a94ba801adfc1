// Answers that wait to be written, up to a bound; what does not find room is dropped, and counted.
import { type KeptAnswer, sizeOf } from "../kept-answer.ts";
import { isMeant, type Purge } from "../purging.ts";

export interface Pending {
  add(kept: KeptAnswer): void;
  /** The next batch, in order; empty when nothing waits. */
  take(): KeptAnswer[];
  putBack(batch: KeptAnswer[]): void;
  /** So many will not be written. */
  giveUp(count: number): void;
  purge(purge: Purge): void;
  readonly bytes: number;
  /** Since the process began. */
  readonly unwritten: number;
}

const BATCH_MAX = 100;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

export function createPending(bytesMax: number): Pending {
  let waiting: KeptAnswer[] = [];
  let bytes = 0;
  let unwritten = 0;

  return {
    get bytes() {
      return bytes;
    },
    get unwritten() {
      return unwritten;
    },
    add(kept) {
      const size = sizeOf(kept);
      // PostgreSQL's texts have no such characters; a name that has is nobody's in earnest.
      const isWritable = !kept.model.includes("\0") && !/\\u(0000|d[89a-f])/.test(kept.scope);
      if (!isWritable || bytes + size > bytesMax) {
        unwritten += 1;
        return;
      }
      waiting.push(kept);
      bytes += size;
    },
    take() {
      // A batch names a key once.
      const batch = new Map<string, KeptAnswer>();
      let taken = 0;
      let batchBytes = 0;
      for (const kept of waiting) {
        if (batch.size >= BATCH_MAX || batchBytes >= BATCH_BYTES_MAX) break;
        batch.set(kept.key, kept);
        batchBytes += sizeOf(kept);
        taken += 1;
      }
      waiting = waiting.slice(taken);
      bytes -= batchBytes;
      return [...batch.values()];
    },
    putBack(batch) {
      waiting = [...batch, ...waiting];
      bytes = sum(waiting);
    },
    giveUp: (count) => void (unwritten += count),
    purge(purge) {
      waiting = waiting.filter((kept) => !isMeant(kept, purge));
      bytes = sum(waiting);
    },
  };
}

function sum(answers: readonly KeptAnswer[]): number {
  return answers.reduce((bytes, kept) => bytes + sizeOf(kept), 0);
}
